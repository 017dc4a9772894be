// int: a whole number. Zeros in front are refused unless `int!` says that they don't count.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class Int : public Codec {
  public:
    explicit Int(bool lenient) : lenient_(lenient) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value), digits = text;
        bool negative = digits.starts_with('-');
        if (negative) digits.remove_prefix(1);
        if (digits.empty() || digits.size() > 36 ||
            !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return run.fail("a whole number");
        if (digits.size() > 1 && digits.front() == '0') {
            if (!lenient_) return run.fail("a whole number without zeros in front");
            digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
            // The sign stands apart from its digits now: put together again.
            if (negative && digits != "0") {
                char* out = run.arena.allocate<char>(digits.size() + 1);
                out[0] = '-';
                std::memcpy(out + 1, digits.data(), digits.size());
                text = {out, digits.size() + 1};
            } else {
                text = digits;
            }
        }
        if (digits == "0") text = digits;
        value = Value::number(text);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (plain_places(text) == 0) return value = Value::string(text), true;
        auto number = parse_exact(text);  // 2.0 and 1e1 are whole
        auto whole = number ? write_whole(*number, run.arena) : std::nullopt;
        if (!whole) return run.fail("a whole number");
        value = Value::string(*whole);
        return true;
    }
    bool exact() const override { return !lenient_; }

  private:
    bool lenient_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 0)) return nullptr;
    if (setup.type.kind == ChainType::Kind::decimal)
        return setup.fail(
            "the legacy field is decimal" +
                (setup.type.fraction < 36 ? "(" + std::to_string(setup.type.fraction) + ")" : std::string()) +
                ", not a whole number",
            "use exact-int");
    if (setup.behind_contract_text()) return nullptr;
    if (!setup.type.textual() && !setup.type.numeric()) return setup.needs_text(), nullptr;
    setup.type = {ChainType::Kind::integer, false, setup.type.length, 0};
    return std::make_unique<Int>(setup.call.normalises);
}

}  // namespace

CodecDefinition int_codec() {
    return {"int",
            "int or int!",
            "a whole number; int! lets zeros in front pass",
            false,
            make,
            {{"int", "42", Direction::both, "42"},
             {"int", "-7", Direction::both, "-7"},
             {"int", "2", Direction::to_legacy, "2.0"},
             {"int", nullptr, Direction::to_legacy, "2.5"},
             {"int", "007", Direction::to_contract, nullptr},
             {"int!", "007", Direction::to_contract, "7"},
             {"int!", "-07", Direction::to_contract, "-7"},
             {"padded(3,\"0\") | int", "007", Direction::both, "7"},
             {"int", "4x", Direction::to_contract, nullptr},
             {"int", "", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
