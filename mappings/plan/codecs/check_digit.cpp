// check(gtin), check(gln), check(sscc): the last digit of a GS1 number proves the others (GS1 General Specifications,
// 7.9).
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

struct Kind {
    std::string_view name;
    std::vector<std::size_t> lengths;
    std::string_view expected;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {"gtin", {8, 12, 13, 14}, "a GTIN of 8, 12, 13 or 14 digits with its check digit"},
        {"gln", {13}, "a GLN of 13 digits with its check digit"},
        {"sscc", {18}, "an SSCC of 18 digits with its check digit"},
    };
    return all;
}

// From the right, the check digit first, digits weigh 1, 3, 1, 3...
bool proves(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        char c = digits[digits.size() - 1 - i];
        if (c < '0' || c > '9') return false;
        sum += (c - '0') * (i % 2 ? 3 : 1);
    }
    return sum % 10 == 0;
}

class Check : public Codec {
  public:
    explicit Check(const Kind& kind) : kind_(kind) {}
    bool read(Value& value, CodecRun& run) const override { return check(value, run); }
    bool write(Value& value, CodecRun& run) const override { return check(value, run); }

  private:
    bool check(const Value& value, CodecRun& run) const {
        auto text = text_of(value);
        bool fits = std::find(kind_.lengths.begin(), kind_.lengths.end(), text.size()) != kind_.lengths.end();
        return (fits && proves(text)) || run.fail(kind_.expected);
    }
    const Kind& kind_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1)) return nullptr;
    if (setup.type.told_by != "digits" && !setup.needs_text()) return nullptr;
    const auto& argument = setup.call.arguments[0];
    std::vector<std::string_view> names;
    for (const auto& kind : kinds()) {
        if (kind.name == argument.text) {
            setup.type = {ChainType::Kind::text, false, static_cast<int>(kind.lengths.back()), 0};
            return std::make_unique<Check>(kind);
        }
        names.push_back(kind.name);
    }
    auto near = nearest(argument.text, names);
    return setup.fail_at(argument.mark, "unknown number '" + argument.text + "'",
                         near.empty() ? "gtin, gln or sscc" : "did you mean '" + near + "'?");
}

}  // namespace

CodecDefinition check_codec() {
    return {"check",
            "check(gtin), check(gln) or check(sscc)",
            "a GS1 number whose last digit proves the others",
            false,
            make,
            {{"check(gtin)", "4006381333931", Direction::both, "\"4006381333931\""},
             {"check(gtin)", "4006381333932", Direction::to_contract, nullptr},
             {"check(gtin)", "96385074", Direction::both, "\"96385074\""},
             {"check(gtin)", "036000291452", Direction::both, "\"036000291452\""},
             {"check(gtin)", "00012345600012", Direction::both, "\"00012345600012\""},
             {"int | digits(14) | check(gtin)", "12345600012", Direction::both, "\"00012345600012\""},
             {"check(gln)", "4012345000009", Direction::both, "\"4012345000009\""},
             {"check(gln)", "96385074", Direction::to_contract, nullptr},
             {"check(sscc)", "340123450000000001", Direction::to_contract, nullptr},
             {"check(sscc)", "106141412345678908", Direction::both, "\"106141412345678908\""},
             {"check(sscc)", nullptr, Direction::to_legacy, "\"10614141234567890X\""}}};
}

}  // namespace headgate::mappings
