// trim: blanks around the legacy text don't count.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Trim : public Codec {
  public:
    bool read(Value& value, CodecRun&) const override {
        auto text = text_of(value);
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        value = Value::string(text);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (!text.empty() && (text.front() == ' ' || text.back() == ' '))
            return run.fail("a text without blanks around it");
        return true;
    }
    bool exact() const override { return false; }
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 0) || !setup.needs_text()) return nullptr;
    setup.type.kind = ChainType::Kind::text;
    setup.type.raw = false;
    return std::make_unique<Trim>();
}

}  // namespace

CodecDefinition trim_codec() {
    return {"trim",
            "trim",
            "blanks around the legacy text don't count",
            true,
            make,
            {{"trim!", " A ", Direction::to_contract, "\"A\""},
             {"trim!", " ", Direction::to_contract, "\"\""},
             {"trim!", "A", Direction::both, "\"A\""},
             {"trim!", nullptr, Direction::to_legacy, "\" A\""}}};
}

}  // namespace headgate::mappings
