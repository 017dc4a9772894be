// decimal(n): a decimal with at most n places, written with exactly n; nothing is rounded. A legacy text may have other
// marks than the point: decimal(2, point: ",", group: ".").
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/codecs/decimal_marks.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class Decimal : public Codec {
  public:
    Decimal(int places, DecimalMarks marks) : places_(places), marks_(marks) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (!marks_.plain()) {
            auto unmarked = without_marks(text, marks_, run.arena);
            if (!unmarked) return run.fail("a decimal with the marks of the mapping");
            text = *unmarked;
        }
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
        if (!write_plain(value, run)) return false;
        if (!marks_.plain()) value = Value::string(with_marks(text_of(value), marks_, run.arena));
        return true;
    }
    // Places and marks need room in a text.
    Width written(Width given) const override {
        if (given.digits == 0) return {0, 0};
        auto whole = static_cast<std::size_t>(given.digits), places = static_cast<std::size_t>(places_);
        return {whole + (places > 0 ? places + 1 : 0) + (marks_.group != 0 ? (whole - 1) / 3 : 0), given.digits};
    }

  private:
    bool write_plain(Value& value, CodecRun& run) const {
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

    int places_;
    DecimalMarks marks_;
};

// One character that is no part of a number; 0 when the option is not given, or after a fault.
char mark_of(CodecSetup& setup, std::string_view option) {
    const auto* given = setup.option(option);
    if (!given) return 0;
    bool good = given->text.size() == 1 && given->text[0] > 0 && !(given->text[0] >= '0' && given->text[0] <= '9') &&
                given->text[0] != '-';
    if (!good)
        setup.fail_at(given->mark, "'" + given->text + "' is no mark of a decimal", "\",\", \".\", \"'\", \" \"");
    return good ? given->text[0] : 0;
}

// False after a fault.
bool marks_of(CodecSetup& setup, DecimalMarks& marks) {
    if (char point = mark_of(setup, "point")) marks.point = point;
    marks.group = mark_of(setup, "group");
    if (!setup.problem.empty()) return false;
    if (marks.point == marks.group) return setup.fail("one mark can't be the point and stand between groups"), false;
    if (!marks.plain() && setup.type.numeric())
        return setup.fail("the legacy field is a number, whose point is '.'", "leave point and group out"), false;
    return true;
}

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1, {"point", "group"})) return nullptr;
    int places = setup.number(0, 0, 18);
    if (places < 0) return nullptr;
    DecimalMarks marks;
    if (!setup.needs_text() || !marks_of(setup, marks)) return nullptr;
    if (setup.type.kind == ChainType::Kind::integer && places > 0 && setup.writes)
        return setup.fail("the legacy field holds whole numbers", "use int");
    if (setup.type.kind == ChainType::Kind::decimal && setup.type.fraction < places && setup.writes)
        return setup.fail("the legacy field has " + std::to_string(setup.type.fraction) + " decimal places",
                          "decimal(" + std::to_string(setup.type.fraction) + ")");
    if (setup.type.kind == ChainType::Kind::decimal && setup.type.fraction > places && setup.type.fraction < 36 &&
        setup.reads)
        return setup.fail("the legacy field has " + std::to_string(setup.type.fraction) + " decimal places, and " +
                              std::to_string(setup.type.fraction - places) + " would be refused",
                          "decimal(" + std::to_string(setup.type.fraction) + ")");
    setup.type = {ChainType::Kind::decimal, false, setup.type.length, places};
    return std::make_unique<Decimal>(places, marks);
}

}  // namespace

CodecDefinition decimal_codec() {
    return {"decimal",
            "decimal(2) or decimal(2, point: \",\", group: \".\")",
            "a decimal, written with exactly n places, never rounded",
            false,
            make,
            {{"decimal(2)", "10.10", Direction::both, "10.10"},
             {"decimal(2)", "10.1", Direction::to_contract, "10.1"},
             {"decimal(2)", "10.10", Direction::to_legacy, "10.1"},
             {"decimal(2)", "10.101", Direction::to_contract, nullptr},
             {"decimal(2)", nullptr, Direction::to_legacy, "10.101"},
             {"decimal(0)", "12", Direction::both, "12"},
             {"decimal(2)", "1,5", Direction::to_contract, nullptr},
             {"decimal(2, point: \",\")", "1234,50", Direction::both, "1234.50"},
             {"decimal(2, point: \",\")", "1234.50", Direction::to_contract, nullptr},
             {"decimal(2, point: \",\", group: \".\")", "-1.234.567,50", Direction::both, "-1234567.50"},
             {"decimal(2, point: \",\", group: \".\")", "123,50", Direction::both, "123.50"},
             {"decimal(2, point: \",\", group: \".\")", "-123,50", Direction::both, "-123.50"},
             {"decimal(2, point: \",\", group: \".\")", "1234,50", Direction::to_contract, nullptr},
             {"decimal(2, point: \",\", group: \".\")", "12.34,50", Direction::to_contract, nullptr},
             {"decimal(2, point: \",\")", "5,", Direction::to_contract, nullptr},
             {"decimal(2, point: \",\")", ",5", Direction::to_contract, nullptr},
             {"decimal(0, group: \"'\")", "12'000", Direction::both, "12000"}}};
}

}  // namespace headgate::mappings
