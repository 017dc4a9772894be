// datetime("pattern"), utc: a legacy local time of the mapping's zone is the contract's date-time (RFC 3339). A local
// time that doesn't exist or exists twice is an error, or follows what the mapping, or the codec, declares.
#include <date/tz.h>

#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/codecs/zone_clock.hpp"

namespace headgate::mappings {

namespace {

enum class Choice : std::uint8_t { refuse, earlier, later };

Choice choice_of(std::string_view word) {
    return word == "earlier" ? Choice::earlier : word == "later" ? Choice::later : Choice::refuse;
}

// When the clock is changed a local time may mean two moments, or none.
struct Changes {
    Choice ambiguous = Choice::refuse, skipped = Choice::refuse;
};

class DateTime : public Codec {
  public:
    // `letter`, without a pattern: a T stands before the time, as in XML; else a blank, as in databases. `at`: the time of
    // day that is meant by a pattern without one.
    DateTime(std::optional<TimePattern> pattern, bool letter, TimeFields at, const date::time_zone* zone,
             Changes changes)
        : pattern_(std::move(pattern)), letter_(letter), at_(at), zone_(zone), changes_(changes) {}
    bool read(Value& value, CodecRun& run) const override {
        TimeFields fields;
        // A text without a pattern may tell its offset, as XML's do; then it is a moment whatever the zone.
        if (OffsetTime told; !pattern_ && parse_rfc3339(text_of(value), told))
            return moment(to_seconds(told.fields) - 60LL * told.offset_min, value, run);
        if (!parse_local(text_of(value), fields)) return run.fail("a time in the mapping's pattern");
        auto local_s = to_seconds(fields);
        auto found = zone_.offset_of_local(local_s);
        auto offset_s = found.offset_s;
        if (found.kind == LocalOffset::Kind::twice) {
            if (changes_.ambiguous == Choice::refuse)
                return run.fail("a local time that exists once (the clock was put back)");
            if (changes_.ambiguous == Choice::later) offset_s = found.later_s;
        }
        if (found.kind == LocalOffset::Kind::never) {
            if (changes_.skipped == Choice::refuse)
                return run.fail("a local time that exists (the clock was put forward)");
            // By the clock that was not changed yet, 02:30 is 03:30 of the other; by the one that was, 01:30.
            bool later = changes_.skipped == Choice::later;
            offset_s = later ? found.later_s : found.offset_s;
            fields = from_seconds(local_s + (later ? 1 : -1) * (found.later_s - found.offset_s));
        }
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
        if (pattern_ && !pattern_->holds(fields))
            return run.fail("a date-time of the hundred years that two digits can tell");
        value = Value::string((pattern_ ? *pattern_ : letter_ ? with_letter() : with_blank()).write(fields, run.arena));
        return true;
    }
    bool exact() const override { return false; }
    Width written(Width) const override {
        auto width = pattern_ ? pattern_->width() : 19;
        return {width, static_cast<int>(width)};
    }

  private:
    static TimePattern compiled(std::string_view text) {
        std::string problem;
        return *TimePattern::compile(text, problem);
    }
    static const TimePattern& with_blank() {
        static const TimePattern pattern = compiled("yyyy-MM-dd HH:mm:ss");
        return pattern;
    }
    static const TimePattern& with_letter() {
        static const TimePattern pattern = compiled("yyyy-MM-ddTHH:mm:ss");
        return pattern;
    }
    // As the zone's clock showed it.
    bool moment(long long utc_s, Value& value, CodecRun& run) const {
        auto offset_s = zone_.offset_at(utc_s);
        auto fields = from_seconds(utc_s + offset_s);
        if (offset_s % 60 != 0 || !valid(fields)) return run.fail("a time after standard time was introduced");
        value = Value::string(write_rfc3339(fields, static_cast<int>(offset_s / 60), false, run.arena));
        return true;
    }
    // Without a pattern: a database's own notation, `2026-11-23 10:15:00[.fff]` or with T.
    bool parse_local(std::string_view text, TimeFields& out) const {
        if (pattern_ && !pattern_->has_time()) out = at_;
        if (pattern_) return pattern_->parse(text, out);
        auto fraction = text.size() > 19 ? text.substr(19) : std::string_view();
        if (!fraction.empty() &&
            (fraction[0] != '.' || fraction.find_first_not_of("0123456789", 1) != std::string_view::npos))
            return false;
        return with_blank().parse(text.substr(0, 19), out) || with_letter().parse(text.substr(0, 19), out);
    }
    std::optional<TimePattern> pattern_;
    bool letter_;
    TimeFields at_;
    ZoneClock zone_;
    Changes changes_;
};

// What the codec says for itself, else what the mapping says. False after a fault.
bool read_choice(CodecSetup& setup, std::string_view option, const std::string& otherwise, Choice& out) {
    const auto* given = setup.option(option);
    std::string_view word = given ? given->text : otherwise;
    out = choice_of(word);
    if (!given || out != Choice::refuse || word == "error") return true;
    setup.fail_at(given->mark, "unknown choice '" + given->text + "' for " + std::string(option),
                  "earlier, later or error");
    return false;
}

const date::time_zone* zone_of(CodecSetup& setup) {
    const auto* given = setup.option("tz");
    if (!given && !setup.zone) return setup.fail("a local time needs a zone", "legacy: { tz: Europe/Berlin }");
    if (!given) return setup.zone;
    try {
        return date::locate_zone(given->text);
    } catch (const std::exception&) {
        return setup.fail_at(given->mark, "unknown time zone '" + given->text + "'", "tz: Europe/Berlin");
    }
}

// The time of day that `at:` says; false after a fault.
bool read_at(CodecSetup& setup, const std::optional<TimePattern>& pattern, TimeFields& out) {
    const auto* given = setup.option("at");
    if (!given) return true;
    std::string unused;
    if (!pattern || pattern->has_time())
        return setup.fail_at(given->mark, "'at' is for a pattern without a time"), false;
    if (TimePattern::compile("HH:mm", unused)->parse(given->text, out)) return true;
    return setup.fail_at(given->mark, "'" + given->text + "' is no time of day", "at: \"00:00\""), false;
}

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 1, {"tz", "ambiguous", "skipped", "pivot", "at"}) || !setup.needs_text()) return nullptr;
    Changes changes;
    const auto* zone = zone_of(setup);
    if (!zone || !read_choice(setup, "ambiguous", setup.ambiguous_time, changes.ambiguous) ||
        !read_choice(setup, "skipped", setup.skipped_time, changes.skipped))
        return nullptr;
    bool letter = setup.type.xml_schema;
    const auto* given = setup.call.arguments.empty() ? nullptr : &setup.call.arguments[0];
    if (!setup.fits_xml_schema(given, ChainType::Kind::datetime)) return nullptr;
    std::optional<TimePattern> pattern;
    if (!setup.call.arguments.empty()) {
        pattern = pattern_of(setup, "datetime(\"dd.MM.yyyy HH:mm:ss\")");
        if (!pattern) return nullptr;
        const auto& mark = setup.call.arguments[0].mark;
        if (!pattern->has_date()) return setup.fail_at(mark, "the pattern has no date", "use time");
        // The calendar day of a moment can be told, but not the moment of a day, unless somebody says which.
        if (!pattern->has_time() && setup.reads && !setup.option("at"))
            return setup.fail_at(mark, "the pattern has no time", "use date, or say which: at: \"00:00\"");
    }
    TimeFields at;
    if (!read_at(setup, pattern, at)) return nullptr;
    setup.type = {ChainType::Kind::datetime, false, 0, 0};
    return std::make_unique<DateTime>(std::move(pattern), letter, at, zone, changes);
}

class Utc : public Codec {
  public:
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        OffsetTime time;
        if (!parse_rfc3339(text, time)) return run.fail("a date-time");
        auto fields = from_seconds(to_seconds(time.fields) - 60LL * time.offset_min);
        auto out = write_rfc3339(fields, 0, true, run.arena);
        if (auto point = text.find('.'); point != std::string_view::npos) {
            auto end = text.find_first_not_of("0123456789", point + 1);
            std::string whole(out.substr(0, out.size() - 1));
            out = run.arena.copy(whole.append(text.substr(point, end - point)).append("Z"));
        }
        value = Value::string(out);
        return true;
    }
    bool write(Value&, CodecRun&) const override { return true; }  // datetime takes any offset
    bool exact() const override { return false; }                  // of the offset nothing is left
};

std::unique_ptr<Codec> make_utc(CodecSetup& setup) {
    if (!setup.arguments(0, 0)) return nullptr;
    if (setup.type.kind == ChainType::Kind::datetime && setup.type.raw)
        return setup.fail("codec 'utc' is given a time of the legacy field as it is", "datetime | utc");
    if (setup.type.kind != ChainType::Kind::datetime)
        return setup.fail(
            "codec 'utc' takes a date-time, here it is given a value of type " + std::string(name(setup.type.kind)),
            "datetime(\"dd.MM.yyyy HH:mm:ss\") | utc");
    return std::make_unique<Utc>();
}

}  // namespace

CodecDefinition datetime_codec() {
    return {
        "datetime",
        "datetime(\"dd.MM.yyyy HH:mm:ss\")!",
        "a local time of the mapping's zone; writing drops fractions and the offset; see below for its options",
        true,
        make,
        {{"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "23.11.2026 10:15:00", Direction::both,
          "\"2026-11-23T10:15:00+01:00\""},
         {"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "01.07.2026 10:15:00", Direction::both,
          "\"2026-07-01T10:15:00+02:00\""},
         {"datetime(\"dd.MM.yyyy HH:mm:ss\")!", "23.11.2026 10:15:00", Direction::to_legacy,
          "\"2026-11-23T09:15:00.250Z\""},
         {"datetime!", "2026-11-23 10:15:00.123", Direction::to_contract, "\"2026-11-23T10:15:00+01:00\""},
         {"datetime!", "2026-11-23T09:15:00Z", Direction::to_contract, "\"2026-11-23T10:15:00+01:00\""},
         {"datetime!", "2026-03-29 02:30:00", Direction::to_contract, nullptr},
         {"datetime!", "2026-10-25 02:30:00", Direction::to_contract, nullptr},
         {"datetime(ambiguous: earlier)!", "2026-10-25 02:30:00", Direction::both, "\"2026-10-25T02:30:00+02:00\""},
         {"datetime(ambiguous: later)!", "2026-10-25 02:30:00", Direction::both, "\"2026-10-25T02:30:00+01:00\""},
         {"datetime(skipped: later)!", "2026-03-29 02:30:00", Direction::to_contract, "\"2026-03-29T03:30:00+02:00\""},
         {"datetime(skipped: earlier)!", "2026-03-29 02:30:00", Direction::to_contract,
          "\"2026-03-29T01:30:00+01:00\""},
         {"datetime(\"yyMMddHHmm\", pivot: 70)!", "2611231015", Direction::both, "\"2026-11-23T10:15:00+01:00\""},
         {"datetime(\"yyyyMMdd\", at: \"00:00\")!", "20261123", Direction::both, "\"2026-11-23T00:00:00+01:00\""},
         {"datetime(\"yyyyMMdd\", at: \"00:00\")!", "20261123", Direction::to_legacy, "\"2026-11-23T17:15:00+01:00\""},
         {"datetime(\"yyyy-MM-dd HH:mm\", tz: UTC)!", "2026-11-23 09:15", Direction::both,
          "\"2026-11-23T09:15:00+00:00\""}}};
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
