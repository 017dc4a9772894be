// implied(n, s): digits whose decimal point is left out: n of them, the last s behind the point; a numeric legacy field
// drops the zeros in front.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class Implied : public Codec {
  public:
    Implied(std::size_t digits, std::size_t places, bool numeric)
        : digits_(digits), places_(places), numeric_(numeric) {}

    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        bool negative = numeric_ && text.starts_with('-');
        if (negative) text.remove_prefix(1);
        bool zeros_in_front = text.size() > 1 && text.front() == '0';
        if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos || text.size() > digits_ ||
            (numeric_ ? zeros_in_front || (negative && text == "0") : text.size() != digits_))
            return run.fail("a number of that many digits, without a point");
        text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
        std::string out = negative ? "-" : "";
        if (text.size() <= places_) out += '0';
        out += text.substr(0, text.size() - std::min(text.size(), places_));
        if (places_ > 0) {
            out += '.';
            if (text.size() < places_) out.append(places_ - text.size(), '0');
            out += text.substr(text.size() - std::min(text.size(), places_));
        }
        value = Value::number(run.arena.copy(out));
        return true;
    }

    bool write(Value& value, CodecRun& run) const override {
        auto number = parse_exact(text_of(value));
        auto text = number ? write_exact(*number, static_cast<int>(places_), run.arena) : std::nullopt;
        if (!text) return run.fail("a decimal with no more places");
        std::string digits;
        for (char c : *text)
            if (c >= '0' && c <= '9' && (c != '0' || !digits.empty())) digits += c;
        bool negative = number->units < 0;
        if (digits.size() > digits_) return run.fail("a number of no more digits");
        if (negative && !numeric_) return run.fail("a number that is not negative");
        if (!numeric_)
            digits.insert(0, digits_ - digits.size(), '0');
        else if (digits.empty())
            digits = "0";
        value = Value::string(run.arena.copy(negative ? "-" + digits : digits));
        return true;
    }
    Width written(Width) const override { return {digits_, static_cast<int>(digits_)}; }

  private:
    std::size_t digits_, places_;
    bool numeric_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(2, 2)) return nullptr;
    int digits = setup.number(0, 1, 36);
    if (digits < 0) return nullptr;
    int places = setup.number(1, 0, digits);
    if (places < 0) return nullptr;
    if (setup.type.kind == ChainType::Kind::decimal)
        return setup.fail("the legacy field has a point of its own", "use decimal(n)");
    if (!setup.type.textual() && !setup.type.numeric()) return setup.needs_text(), nullptr;
    if (setup.type.length > 0 && setup.type.length < digits)
        return setup.fail("the legacy field holds " + std::to_string(setup.type.length) + " digits");
    bool numeric = setup.type.numeric();
    setup.type = {ChainType::Kind::decimal, false, digits, places};
    return std::make_unique<Implied>(static_cast<std::size_t>(digits), static_cast<std::size_t>(places), numeric);
}

}  // namespace

CodecDefinition implied_codec() {
    return {"implied",
            "implied(5,2)",
            "n digits without a point, the last s of them behind it; a numeric legacy field has no zeros in front",
            false,
            make,
            {{"implied(5,2)", "01999", Direction::both, "19.99"},
             {"implied(5,2)", "00000", Direction::both, "0.00"},
             {"implied(5,2)", "00005", Direction::both, "0.05"},
             {"implied(3,3)", "125", Direction::both, "0.125"},
             {"implied(3,0)", "007", Direction::both, "7"},
             {"implied(5,2)", "01990", Direction::to_legacy, "19.9"},
             {"implied(5,4) | exact-int", "20000", Direction::both, "2"},
             {"int | implied(5,2)", "1999", Direction::both, "19.99"},
             {"int | implied(5,2)", "-5", Direction::both, "-0.05"},
             {"int | implied(5,2)", "0", Direction::both, "0.00"},
             {"int | implied(5,2)", "123456", Direction::to_contract, nullptr},
             {"implied(5,2)", "1999", Direction::to_contract, nullptr},
             {"implied(5,2)", "19.99", Direction::to_contract, nullptr},
             {"implied(5,2)", "-1999", Direction::to_contract, nullptr},
             {"implied(5,2)", nullptr, Direction::to_legacy, "-1"},
             {"implied(5,2)", nullptr, Direction::to_legacy, "1000"},
             {"implied(5,2)", nullptr, Direction::to_legacy, "19.999"}}};
}

}  // namespace headgate::mappings
