// flag(yes, no): two legacy codes are a boolean. Of an XML Schema boolean both of its spellings are read: true and 1,
// false and 0.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Flag : public Codec {
  public:
    Flag(std::string yes, std::string no, bool spellings)
        : yes_(std::move(yes)), no_(std::move(no)), spellings_(spellings) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (spellings_) text = plain(text);
        if (spellings_ && (text == "true" || text == "false")) {
            value = Value::boolean((text == "true") == (plain(yes_) == "true"));
            return true;
        }
        if (text != yes_ && text != no_) return run.fail("one of the two codes of the flag");
        value = Value::boolean(text == yes_);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        if (!value.is_boolean()) return run.fail("a boolean");
        value = Value::string(value.as_boolean() ? yes_ : no_);
        return true;
    }
    bool exact() const override { return !spellings_; }
    Width written(Width) const override { return {std::max(count_code_points(yes_), count_code_points(no_)), 0}; }

    static std::string_view plain(std::string_view text) { return text == "1" ? "true" : text == "0" ? "false" : text; }

  private:
    std::string yes_, no_;
    bool spellings_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(2, 2) || !setup.needs_text()) return nullptr;
    const auto& arguments = setup.call.arguments;
    if (arguments[0].text == arguments[1].text)
        return setup.fail_at(arguments[1].mark, "yes and no are the same code '" + arguments[1].text + "'");
    bool spellings = setup.type.kind == ChainType::Kind::boolean;
    for (const auto& code : arguments) {
        auto plain = Flag::plain(code.text);
        if (spellings && plain != "true" && plain != "false")
            return setup.fail_at(code.mark, "the legacy field is a boolean, and has no '" + code.text + "'",
                                 "flag(true,false)");
    }
    if (spellings && Flag::plain(arguments[0].text) == Flag::plain(arguments[1].text))
        return setup.fail_at(arguments[1].mark, "yes and no mean the same");
    setup.type = {ChainType::Kind::boolean, false, 0, 0};
    return std::make_unique<Flag>(arguments[0].text, arguments[1].text, spellings);
}

}  // namespace

CodecDefinition flag_codec() {
    return {"flag",
            "flag(J,N)",
            "two legacy codes are true and false",
            false,
            make,
            {{"flag(J,N)", "J", Direction::both, "true"},
             {"flag(J,N)", "N", Direction::both, "false"},
             {"flag(J,N)", "j", Direction::to_contract, nullptr}}};
}

}  // namespace headgate::mappings
