// times(n): the contract counts in another unit: the legacy number times n, exactly; kilograms told in grams.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class Times : public Codec {
  public:
    explicit Times(const Exact& factor) : factor_(factor) {}
    bool read(Value& value, CodecRun& run) const override {
        auto number = parse_exact(text_of(value));
        return put(number ? multiply(*number, factor_) : std::nullopt, value, run);
    }
    bool write(Value& value, CodecRun& run) const override {
        auto number = parse_exact(text_of(value));
        return put(number ? divide(*number, factor_) : std::nullopt, value, run);
    }

  private:
    static bool put(const std::optional<Exact>& number, Value& value, CodecRun& run) {
        auto text = number ? write_exact(trim(*number), -1, run.arena) : std::nullopt;
        if (!text) return run.fail("a number that the other unit can tell exactly");
        value = Value::number(*text);
        return true;
    }
    Exact factor_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_number()) return nullptr;
    const auto& argument = setup.call.arguments[0];
    auto factor = parse_exact(argument.text);
    if (!factor || factor->units <= 0)
        return setup.fail_at(argument.mark, "'" + argument.text + "' is no factor", "times(1000), times(0.001)");
    *factor = trim(*factor);
    bool whole = setup.type.kind == ChainType::Kind::integer && factor->scale == 0;
    int fraction = setup.type.kind == ChainType::Kind::integer ? 0 : setup.type.fraction;
    setup.type = {whole ? ChainType::Kind::integer : ChainType::Kind::decimal, false, 0,
                  std::min(fraction + factor->scale, 36)};
    return std::make_unique<Times>(*factor);
}

}  // namespace

CodecDefinition times_codec() {
    return {"times",
            "times(1000)",
            "the contract counts in another unit: the legacy number times n, never rounded",
            false,
            make,
            {{"decimal(3) | times(1000) | exact-int", "1.250", Direction::both, "1250"},
             {"int | times(12)", "3", Direction::both, "36"},
             {"int | times(12)", nullptr, Direction::to_legacy, "30"},
             {"int | times(0.001)", "1250", Direction::both, "1.25"},
             {"decimal(2) | times(1000) | exact-int", nullptr, Direction::to_legacy, "1255"},
             {"decimal(4) | times(1000) | exact-int", "1.2505", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
