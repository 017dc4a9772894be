// decimal(n): a decimal with at most n places, written with exactly n; nothing is rounded.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class Decimal : public Codec {
  public:
    explicit Decimal(int places) : places_(places) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (auto places = plain_places(text); places >= 0 && places <= places_) {
            value = Value::number(text);
            return true;
        }
        auto number = parse_exact(text);
        if (!number || number->scale > places_ || text.front() == '+' ||
            text.find_first_of("eE") != std::string_view::npos)
            return run.fail("a decimal with no more places");
        auto digits = text.front() == '-' ? text.substr(1) : text;
        if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.')
            return run.fail("a decimal without zeros in front");
        value = Value::number(text);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        if (plain_places(text_of(value)) == places_) {
            value = Value::string(text_of(value));
            return true;
        }
        auto number = parse_exact(text_of(value));
        auto text = number ? write_exact(*number, places_, run.arena) : std::nullopt;
        if (!text) return run.fail("a decimal with no more places");
        value = Value::string(*text);
        return true;
    }

  private:
    int places_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1)) return nullptr;
    int places = setup.number(0, 0, 18);
    if (places < 0) return nullptr;
    if (!setup.needs_text()) return nullptr;
    if (setup.type.kind == ChainType::Kind::integer && places > 0 && setup.writes)
        return setup.fail("the legacy field holds whole numbers", "use int");
    if (setup.type.kind == ChainType::Kind::decimal && setup.type.fraction < places && setup.writes)
        return setup.fail("the legacy field has " + std::to_string(setup.type.fraction) + " decimal places",
                          "decimal(" + std::to_string(setup.type.fraction) + ")");
    if (setup.type.kind == ChainType::Kind::decimal && setup.type.fraction > places && setup.reads)
        return setup.fail("the legacy field has " + std::to_string(setup.type.fraction) + " decimal places, and " +
                              std::to_string(setup.type.fraction - places) + " would be refused",
                          "decimal(" + std::to_string(setup.type.fraction) + ")");
    setup.type = {ChainType::Kind::decimal, false, setup.type.length, places};
    return std::make_unique<Decimal>(places);
}

}  // namespace

CodecDefinition decimal_codec() {
    return {"decimal",
            "decimal(2)",
            "a decimal, written with exactly n places, never rounded",
            false,
            make,
            {{"decimal(2)", "10.10", Direction::both, "10.10"},
             {"decimal(2)", "10.1", Direction::to_contract, "10.1"},
             {"decimal(2)", "10.10", Direction::to_legacy, "10.1"},
             {"decimal(2)", "10.101", Direction::to_contract, nullptr},
             {"decimal(2)", nullptr, Direction::to_legacy, "10.101"},
             {"decimal(0)", "12", Direction::both, "12"},
             {"decimal(2)", "1,5", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
