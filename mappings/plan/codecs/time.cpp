// time("pattern"): a legacy time of day is the contract's partial-time (RFC 3339), without date and offset: 08:00:00.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

const TimePattern& iso_time() {
    static std::string none;
    static const TimePattern pattern = *TimePattern::compile("HH:mm:ss", none);
    return pattern;
}

class Time : public Codec {
  public:
    explicit Time(TimePattern pattern) : pattern_(std::move(pattern)) {}
    bool read(Value& value, CodecRun& run) const override {
        TimeFields fields;
        if (!pattern_.parse(text_of(value), fields)) return run.fail("a time of day in the mapping's pattern");
        value = Value::string(iso_time().write(fields, run.arena));
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        TimeFields fields;
        if (!iso_time().parse(text_of(value), fields)) return run.fail("a time of day");
        if (!pattern_.has_seconds() && fields.second != 0) return run.fail("a time of day in whole minutes");
        value = Value::string(pattern_.write(fields, run.arena));
        return true;
    }
    Width written(Width) const override { return {pattern_.width(), static_cast<int>(pattern_.width())}; }

  private:
    TimePattern pattern_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    auto pattern = pattern_of(setup, "time(\"HHmm\")");
    if (!pattern) return nullptr;
    if (pattern->has_date())
        return setup.fail_at(setup.call.arguments[0].mark, "the pattern has a date",
                             pattern->has_time() ? "use datetime" : "use date");
    setup.type = {ChainType::Kind::time, false, 0, 0};
    return std::make_unique<Time>(std::move(*pattern));
}

}  // namespace

std::optional<TimePattern> pattern_of(CodecSetup& setup, const char* hint) {
    int pivot = -1;
    if (const auto* given = setup.option("pivot"))
        if (pivot = setup.number(*given, 0, 99); pivot < 0) return std::nullopt;
    const auto& written = setup.call.arguments[0];
    std::string problem;
    auto pattern = TimePattern::compile(written.text, problem, pivot);
    if (!pattern) setup.fail_at(written.mark, problem, hint);
    return pattern;
}

CodecDefinition time_codec() {
    return {"time",
            "time(\"HHmm\")",
            "a time of day in a pattern of HH, mm and, where they are told, ss; neither date nor offset",
            false,
            make,
            {{"time(\"HHmm\")", "0830", Direction::both, "\"08:30:00\""},
             {"time(\"HH.mm.ss\")", "23.59.59", Direction::both, "\"23:59:59\""},
             {"time(\"HHmm\")", "2400", Direction::to_contract, nullptr},
             {"time(\"HHmm\")", "830", Direction::to_contract, nullptr},
             {"time(\"HHmm\")", nullptr, Direction::to_legacy, "\"08:30:15\""}}};
}

}  // namespace headgate::mappings
