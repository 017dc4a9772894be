// exact-int: a decimal whose places are all zero is a whole number; anything else is an error, never rounded.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class ExactInt : public Codec {
  public:
    bool read(Value& value, CodecRun& run) const override { return whole(value, run); }
    bool write(Value& value, CodecRun& run) const override { return whole(value, run); }

  private:
    bool whole(Value& value, CodecRun& run) const {
        auto number = parse_exact(text_of(value));
        auto text = number ? write_whole(*number, run.arena) : std::nullopt;
        if (!text) return run.fail("a number without places");
        value = Value::number(*text);
        return true;
    }
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 0) || !setup.needs_number()) return nullptr;
    setup.type = {ChainType::Kind::integer, false, setup.type.length, 0};
    return std::make_unique<ExactInt>();
}

}  // namespace

CodecDefinition exact_int_codec() {
    return {"exact-int",
            "exact-int",
            "a decimal with nothing behind the point is a whole number; else an error",
            false,
            make,
            {{"decimal(4) | exact-int", "2.0000", Direction::both, "2"},
             {"decimal(4) | exact-int", "2", Direction::to_contract, "2"},
             {"decimal(4) | exact-int", "2.5000", Direction::to_contract, nullptr},
             {"decimal(4) | exact-int", "0.0000", Direction::both, "0"}}};
}

}  // namespace headgate::mappings
