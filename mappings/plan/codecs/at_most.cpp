// at-most(n): a number that is no greater; what is greater is refused, as text(n) refuses what is longer.
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

class AtMost : public Codec {
  public:
    explicit AtMost(const Exact& most) : most_(most) {
        for (auto whole = trim(most).units; whole > 0; whole /= 10) ++digits_;
        digits_ -= trim(most).scale;
    }
    bool read(Value& value, CodecRun& run) const override { return check(value, run); }
    bool write(Value& value, CodecRun& run) const override { return check(value, run); }
    Width written(Width given) const override {
        return {given.characters, given.digits == 0 ? digits_ : std::min(digits_, given.digits)};
    }

  private:
    bool check(const Value& value, CodecRun& run) const {
        auto number = parse_exact(text_of(value));
        if (number && number->units < 0) number->units = -number->units;
        auto order = number ? compare(*number, most_) : std::nullopt;
        return (order && *order <= 0) || run.fail("a smaller number");
    }
    Exact most_;
    int digits_ = 0;  // before the point
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_number()) return nullptr;
    const auto& argument = setup.call.arguments[0];
    auto most = parse_exact(argument.text);
    if (!most || most->units <= 0)
        return setup.fail_at(argument.mark, "'" + argument.text + "' is no number above 0", "at-most(9999)");
    return std::make_unique<AtMost>(*most);
}

}  // namespace

CodecDefinition at_most_codec() {
    return {"at-most",
            "at-most(9999)",
            "a number no greater than n, nor smaller than -n",
            false,
            make,
            {{"int | at-most(9999)", "9999", Direction::both, "9999"},
             {"int | at-most(9999)", nullptr, Direction::to_legacy, "10000"},
             {"int | at-most(9999)", "-10000", Direction::to_contract, nullptr},
             {"decimal(2) | at-most(99.5)", "99.50", Direction::both, "99.50"}}};
}

}  // namespace headgate::mappings
