// date("pattern"): a legacy calendar date is the contract's full-date (RFC 3339). A year of two digits says by `pivot:`
// which hundred years are meant.
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
        if (!pattern_.holds(fields)) return run.fail("a date of the hundred years that two digits can tell");
        value = Value::string(pattern_.write(fields, run.arena));
        return true;
    }
    Width written(Width) const override { return {pattern_.width(), static_cast<int>(pattern_.width())}; }

  private:
    TimePattern pattern_;
    bool numeric_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1, {"pivot"}) || !setup.needs_text()) return nullptr;
    if (!setup.fits_xml_schema(&setup.call.arguments[0], ChainType::Kind::date)) return nullptr;
    auto pattern = pattern_of(setup, "date(\"yyyyMMdd\"), date(\"yyMMdd\", pivot: 70)");
    if (!pattern) return nullptr;
    if (pattern->has_time())
        return setup.fail_at(setup.call.arguments[0].mark, "the pattern has a time",
                             pattern->has_date() ? "use datetime" : "use time");
    bool numeric = setup.type.numeric();
    setup.type = {ChainType::Kind::date, false, 0, 0};
    return std::make_unique<Date>(std::move(*pattern), numeric);
}

}  // namespace

CodecDefinition date_codec() {
    return {"date",
            "date(\"yyyyMMdd\") or date(\"yyMMdd\", pivot: 70)",
            "a calendar date in a pattern of yyyy or yy, MM, dd; with pivot 70 two digits mean 1970 to 2069",
            false,
            make,
            {{"date(\"yyyyMMdd\")", "20261201", Direction::both, "\"2026-12-01\""},
             {"date(\"dd.MM.yyyy\")", "29.02.2028", Direction::both, "\"2028-02-29\""},
             {"date(\"yyyyMMdd\")", "20260230", Direction::to_contract, nullptr},
             {"date(\"yyyyMMdd\")", "2026121", Direction::to_contract, nullptr},
             {"date(\"yyMMdd\", pivot: 70)", "690401", Direction::both, "\"2069-04-01\""},
             {"date(\"yyMMdd\", pivot: 70)", "700401", Direction::both, "\"1970-04-01\""},
             {"date(\"yyMMdd\", pivot: 70)", "000229", Direction::both, "\"2000-02-29\""},
             {"date(\"yyMMdd\", pivot: 0)", "000229", Direction::to_contract, nullptr},
             {"date(\"yyMMdd\", pivot: 70)", nullptr, Direction::to_legacy, "\"2070-01-01\""},
             {"date(\"yyMMdd\", pivot: 70)", nullptr, Direction::to_legacy, "\"1969-12-31\""}}};
}

}  // namespace headgate::mappings
