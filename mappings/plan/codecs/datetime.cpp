// datetime("pattern"), utc: a legacy local time of the mapping's zone is the contract's date-time (RFC 3339). A local
// time that doesn't exist is an error; one that exists twice follows `ambiguous-time` or is an error.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/codecs/zone_clock.hpp"
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

enum class Twice : std::uint8_t { refuse, earlier, later };

class DateTime : public Codec {
  public:
    DateTime(std::optional<TimePattern> pattern, const date::time_zone* zone, Twice twice)
        : pattern_(std::move(pattern)), zone_(zone), twice_(twice) {}
    bool read(Value& value, CodecRun& run) const override {
        TimeFields fields;
        if (!parse_local(text_of(value), fields)) return run.fail("a time in the mapping's pattern");
        auto found = zone_.offset_of_local(to_seconds(fields));
        bool twice = found.kind == LocalOffset::Kind::twice;
        if (found.kind == LocalOffset::Kind::never)
            return run.fail("a local time that exists (the clock was put forward)");
        if (twice && twice_ == Twice::refuse) return run.fail("a local time that exists once (the clock was put back)");
        auto offset_s = twice && twice_ == Twice::later ? found.later_s : found.offset_s;
        if (offset_s % 60 != 0) return run.fail("a time after standard time was introduced");
        value = Value::string(write_rfc3339(fields, static_cast<int>(offset_s / 60), false, run.arena));
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        OffsetTime time;
        if (!parse_rfc3339(text_of(value), time)) return run.fail("a date-time");
        long long seconds = to_seconds(time.fields) - 60LL * time.offset_min;
        auto fields = from_seconds(seconds + zone_.offset_at(seconds));
        if (!valid(fields)) return run.fail("a date-time of our era");
        static const TimePattern iso = *TimePattern::compile("yyyy-MM-dd HH:mm:ss", unused());
        value = Value::string((pattern_ ? *pattern_ : iso).write(fields, run.arena));
        return true;
    }

  private:
    static std::string& unused() {
        static std::string text;
        return text;
    }
    // Without a pattern: a database's own notation, `2026-11-23 10:15:00[.fff]` or with T.
    bool parse_local(std::string_view text, TimeFields& out) const {
        if (pattern_) return pattern_->parse(text, out);
        static const TimePattern blank = *TimePattern::compile("yyyy-MM-dd HH:mm:ss", unused());
        static const TimePattern letter = *TimePattern::compile("yyyy-MM-ddTHH:mm:ss", unused());
        auto fraction = text.size() > 19 ? text.substr(19) : std::string_view();
        if (!fraction.empty() &&
            (fraction[0] != '.' || fraction.find_first_not_of("0123456789", 1) != std::string_view::npos))
            return false;
        return blank.parse(text.substr(0, 19), out) || letter.parse(text.substr(0, 19), out);
    }
    std::optional<TimePattern> pattern_;
    ZoneClock zone_;
    Twice twice_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 1) || !setup.needs_text()) return nullptr;
    if (!setup.zone) return setup.fail("a local time needs a zone", "legacy: { tz: Europe/Berlin }");
    std::optional<TimePattern> pattern;
    if (!setup.call.arguments.empty()) {
        std::string problem;
        pattern = TimePattern::compile(setup.call.arguments[0].text, problem);
        // The calendar day of a moment can be told, but not the moment of a day.
        if (pattern && !pattern->has_time() && setup.reads) problem = "the pattern has no time: use date";
        if (!problem.empty())
            return setup.fail_at(setup.call.arguments[0].mark, problem, "datetime(\"dd.MM.yyyy HH:mm:ss\")");
    }
    auto twice = setup.ambiguous_time == "earlier" ? Twice::earlier
                 : setup.ambiguous_time == "later" ? Twice::later
                                                   : Twice::refuse;
    setup.type = {ChainType::Kind::datetime, false, 0, 0};
    return std::make_unique<DateTime>(std::move(pattern), setup.zone, twice);
}

class Utc : public Codec {
  public:
    bool read(Value& value, CodecRun& run) const override {
        OffsetTime time;
        if (!parse_rfc3339(text_of(value), time)) return run.fail("a date-time");
        auto fields = from_seconds(to_seconds(time.fields) - 60LL * time.offset_min);
        value = Value::string(write_rfc3339(fields, 0, true, run.arena));
        return true;
    }
    bool write(Value&, CodecRun&) const override { return true; }  // datetime takes any offset
};

std::unique_ptr<Codec> make_utc(CodecSetup& setup) {
    if (!setup.arguments(0, 0)) return nullptr;
    if (setup.type.kind != ChainType::Kind::datetime || setup.type.raw)
        return setup.fail(
            "codec 'utc' takes a date-time, here it is given a value of type " + std::string(name(setup.type.kind)),
            "datetime(\"dd.MM.yyyy HH:mm:ss\") | utc");
    return std::make_unique<Utc>();
}

}  // namespace

CodecDefinition datetime_codec() {
    return {"datetime",
            "datetime(\"dd.MM.yyyy HH:mm:ss\")!",
            "a local time of the mapping's zone; writing drops fractions and the offset",
            true,
            make,
            {{"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "23.11.2026 10:15:00", Direction::both,
              "\"2026-11-23T10:15:00+01:00\""},
             {"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "01.07.2026 10:15:00", Direction::both,
              "\"2026-07-01T10:15:00+02:00\""},
             {"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "23.11.2026 10:15:00", Direction::to_legacy,
              "\"2026-11-23T09:15:00.250Z\""},
             {"datetime!", "2026-11-23 10:15:00.123", Direction::to_contract, "\"2026-11-23T10:15:00+01:00\""},
             {"datetime!", "2026-03-29 02:30:00", Direction::to_contract, nullptr},
             {"datetime!", "2026-10-25 02:30:00", Direction::to_contract, nullptr}}};
}

CodecDefinition utc_codec() {
    return {"utc",
            "utc",
            "the contract shows the time in UTC",
            false,
            make_utc,
            {{"datetime! | utc", "2026-11-23 10:15:00", Direction::both, "\"2026-11-23T09:15:00Z\""},
             {"datetime! | utc", "2026-07-01 00:15:00", Direction::both, "\"2026-06-30T22:15:00Z\""}}};
}

}  // namespace headgate::mappings
