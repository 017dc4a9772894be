// text(n): a text of at most n characters, carried as it is.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Text : public Codec {
  public:
    explicit Text(std::size_t longest) : longest_(longest) {}
    bool read(Value& value, CodecRun& run) const override { return check(value, run); }
    bool write(Value& value, CodecRun& run) const override { return check(value, run); }

    Width written(Width given) const override {
        return {given.characters == 0 ? longest_ : std::min(longest_, given.characters), given.digits};
    }

  private:
    bool check(Value& value, CodecRun& run) const {
        auto text = text_of(value);
        if (text.size() > longest_ && count_code_points(text) > longest_) return run.fail("a shorter text");
        value = Value::string(text);
        return true;
    }
    std::size_t longest_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    int longest = setup.number(0, 1, 1'000'000);
    if (longest < 0) return nullptr;
    setup.type = {ChainType::Kind::text, false, longest, 0};
    return std::make_unique<Text>(longest);
}

}  // namespace

CodecDefinition text_codec() {
    return {"text",
            "text(20)",
            "a text of at most n characters",
            false,
            make,
            {{"text(6)", "Müller", Direction::both, "\"Müller\""},
             {"text(5)", "Müller", Direction::to_contract, nullptr},
             {"text(3)", nullptr, Direction::to_legacy, "\"EURO\""}}};
}

}  // namespace headgate::mappings
