// rfc3339: the legacy side tells a moment with its offset, as an XML dateTime may; carried as it is.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Rfc3339 : public Codec {
  public:
    bool read(Value& value, CodecRun& run) const override { return check(value, run); }
    bool write(Value& value, CodecRun& run) const override { return check(value, run); }

  private:
    static bool check(const Value& value, CodecRun& run) {
        auto text = text_of(value);
        OffsetTime time;
        // XML knows the letters in upper case alone.
        bool good = text.find_first_of("tz") == std::string_view::npos && parse_rfc3339(text, time);
        return good || run.fail("a date-time with its offset");
    }
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 0) || !setup.needs_text()) return nullptr;
    setup.type = {ChainType::Kind::datetime, false, 0, 0};
    return std::make_unique<Rfc3339>();
}

}  // namespace

CodecDefinition rfc3339_codec() {
    return {
        "rfc3339",
        "rfc3339",
        "the legacy side tells a moment with its offset, as an XML dateTime may; carried as it is",
        false,
        make,
        {{"rfc3339", "2026-11-23T10:15:00.250+01:00", Direction::both, "\"2026-11-23T10:15:00.250+01:00\""},
         {"rfc3339 | utc", "2026-11-23T10:15:00+01:00", Direction::to_contract, "\"2026-11-23T09:15:00Z\""},
         {"rfc3339 | utc", "2026-11-23T10:15:00.1250+01:00", Direction::to_contract, "\"2026-11-23T09:15:00.1250Z\""},
         {"rfc3339", "2026-11-23T10:15:00", Direction::to_contract, nullptr},
         {"rfc3339", nullptr, Direction::to_legacy, "\"2026-11-23t10:15:00z\""}}};
}

}  // namespace headgate::mappings
