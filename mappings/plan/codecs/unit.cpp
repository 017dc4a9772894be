// unit(FIELD, code, code=factor, ...): a quantity in the unit that another legacy field names, as the contract's unit.
#include <algorithm>

#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

struct Factor {
    std::string code;
    Exact factor;
};

class Unit : public Codec {
  public:
    Unit(int field, std::vector<Factor> factors) : field_(field), factors_(std::move(factors)) {}
    bool read(Value& value, CodecRun& run) const override {
        auto code = text_of(run.references[field_]);
        while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
        for (const auto& known : factors_) {
            if (known.code != code) continue;
            auto number = parse_exact(text_of(value));
            auto product = number ? multiply(*number, known.factor) : std::nullopt;
            auto text = product ? write_exact(*product, -1, run.arena) : std::nullopt;
            if (!text) return run.fail("a quantity");
            value = Value::number(*text);
            return true;
        }
        return run.fail("a unit of measure that the mapping knows");
    }
    bool write(Value&, CodecRun& run) const override { return run.fail("a unit is only read"); }

  private:
    int field_;
    std::vector<Factor> factors_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(2, 64) || !setup.needs_number()) return nullptr;
    if (setup.writes) return setup.fail("codec 'unit' only reads", "use '<-'");
    int field = setup.legacy_field(setup.call.arguments[0]);
    if (field < 0) return nullptr;
    std::vector<Factor> factors;
    for (std::size_t i = 1; i < setup.call.arguments.size(); ++i) {
        const auto& argument = setup.call.arguments[i];
        auto equals = argument.text.find('=');
        auto factor = equals == std::string::npos ? Exact{1, 0} : parse_exact(argument.text.substr(equals + 1));
        if (!factor || factor->units <= 0)
            return setup.fail_at(argument.mark, "'" + argument.text + "' has no factor", "KT=12");
        auto same = [&](const Factor& other) { return other.code == argument.text.substr(0, equals); };
        if (std::any_of(factors.begin(), factors.end(), same))
            return setup.fail_at(argument.mark, "the unit '" + argument.text.substr(0, equals) + "' is there twice");
        factors.push_back({argument.text.substr(0, equals), *factor});
    }
    setup.type.raw = false;
    setup.type.kind = ChainType::Kind::decimal;
    return std::make_unique<Unit>(field, std::move(factors));
}

}  // namespace

CodecDefinition unit_codec() {
    return {"unit",
            "unit(ME, ST, KT=12)",
            "a quantity in the unit another legacy field names; each code with its factor (1)",
            false,
            make,
            {{"decimal(3) | unit(ST, ST, KT=12) | exact-int", "2.000", Direction::to_contract, "2"},
             {"decimal(3) | unit(KT, ST, KT=12) | exact-int", "2.500", Direction::to_contract, "30"},
             {"decimal(3) | unit(KG, ST, KT=12) | exact-int", "2.500", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
