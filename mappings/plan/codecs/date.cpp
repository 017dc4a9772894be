// date("pattern"): a legacy calendar date is the contract's full-date (RFC 3339).
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

const TimePattern& iso_date() {
    static std::string none;
    static const TimePattern pattern = *TimePattern::compile("yyyy-MM-dd", none);
    return pattern;
}

class Date : public Codec {
  public:
    Date(TimePattern pattern, bool numeric) : pattern_(std::move(pattern)), numeric_(numeric) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        // A decimal column may show places that are all zero: 20261201.0
        if (auto point = text.find('.'); numeric_ && point != std::string_view::npos &&
                                         text.find_first_not_of('0', point + 1) == std::string_view::npos)
            text = text.substr(0, point);
        TimeFields fields;
        if (!pattern_.parse(text, fields)) return run.fail("a date in the mapping's pattern");
        value = Value::string(iso_date().write(fields, run.arena));
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        TimeFields fields;
        if (!iso_date().parse(text_of(value), fields)) return run.fail("a date");
        value = Value::string(pattern_.write(fields, run.arena));
        return true;
    }

  private:
    TimePattern pattern_;
    bool numeric_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    std::string problem;
    auto pattern = TimePattern::compile(setup.call.arguments[0].text, problem);
    if (pattern && pattern->has_time()) problem = "the pattern has a time: use datetime";
    if (!problem.empty()) return setup.fail_at(setup.call.arguments[0].mark, problem, "date(\"yyyyMMdd\")");
    bool numeric = setup.type.numeric();
    setup.type = {ChainType::Kind::date, false, 0, 0};
    return std::make_unique<Date>(std::move(*pattern), numeric);
}

}  // namespace

CodecDefinition date_codec() {
    return {"date",
            "date(\"yyyyMMdd\")",
            "a calendar date in a pattern of yyyy, MM, dd",
            false,
            make,
            {{"date(\"yyyyMMdd\")", "20261201", Direction::both, "\"2026-12-01\""},
             {"date(\"dd.MM.yyyy\")", "29.02.2028", Direction::both, "\"2028-02-29\""},
             {"date(\"yyyyMMdd\")", "20260230", Direction::to_contract, nullptr},
             {"date(\"yyyyMMdd\")", "2026121", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
