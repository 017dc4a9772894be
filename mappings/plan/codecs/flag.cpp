// flag(yes, no): two legacy codes are a boolean.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Flag : public Codec {
  public:
    Flag(std::string yes, std::string no) : yes_(std::move(yes)), no_(std::move(no)) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (text != yes_ && text != no_) return run.fail("one of the two codes of the flag");
        value = Value::boolean(text == yes_);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        if (!value.is_boolean()) return run.fail("a boolean");
        value = Value::string(value.as_boolean() ? yes_ : no_);
        return true;
    }
    Width written(Width) const override { return {std::max(count_code_points(yes_), count_code_points(no_)), 0}; }

  private:
    std::string yes_, no_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(2, 2) || !setup.needs_text()) return nullptr;
    const auto& arguments = setup.call.arguments;
    if (arguments[0].text == arguments[1].text)
        return setup.fail_at(arguments[1].mark, "yes and no are the same code '" + arguments[1].text + "'");
    setup.type = {ChainType::Kind::boolean, false, 0, 0};
    return std::make_unique<Flag>(arguments[0].text, arguments[1].text);
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
