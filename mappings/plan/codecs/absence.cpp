// default(v), null(v), none(a, b): what 'no value' means on each side.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"
#include "mappings/plan/exact.hpp"

namespace headgate::mappings {

namespace {

// As the chain's type wants it: true and false are booleans behind a flag.
Value literal(const std::string& text, bool boolean) {
    return boolean ? Value::boolean(text == "true") : Value::string(text);
}

class Default : public Codec {
  public:
    Default(std::string text, bool boolean) : text_(std::move(text)), boolean_(boolean) { handles_null = true; }
    bool read(Value& value, CodecRun&) const override {
        if (value.is_null()) value = literal(text_, boolean_);
        return true;
    }
    bool write(Value&, CodecRun&) const override { return true; }
    bool exact() const override { return false; }

  private:
    std::string text_;
    bool boolean_;
};

class Null : public Codec {
  public:
    explicit Null(std::string text) : text_(std::move(text)) { handles_null = true; }
    bool read(Value& value, CodecRun&) const override {
        if (value.is_null()) value = Value::string(text_);
        return true;
    }
    bool write(Value& value, CodecRun&) const override {
        if (!value.is_null() && text_of(value) == text_) value = Value::null();
        return true;
    }
    bool exact() const override { return false; }

  private:
    std::string text_;
};

class None : public Codec {
  public:
    None(std::vector<std::string> texts, bool numeric) : texts_(std::move(texts)), numeric_(numeric) {
        handles_null = true;
    }
    bool read(Value& value, CodecRun&) const override {
        auto text = text_of(value);
        if (!value.is_null() && (text.empty() || is_none(text))) {
            if (is_none(text)) value = Value::null();
        }
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        if (value.is_null())
            value = Value::string(texts_.front());
        else if (is_none(text_of(value)))
            return run.fail("a value other than the one that means 'none'");
        return true;
    }
    bool exact() const override { return false; }  // what is absent is written as the text that says so
    Width written(Width given) const override {
        auto own = count_code_points(texts_.front());
        return {given.characters == 0 ? 0 : std::max(given.characters, own),
                given.digits == 0 ? 0 : std::max(given.digits, static_cast<int>(own))};
    }

  private:
    bool is_none(std::string_view text) const {
        // 0.000 of a decimal column is the 0 of the mapping.
        if (numeric_ && text.find('.') != std::string_view::npos) {
            while (text.ends_with('0')) text.remove_suffix(1);
            if (text.ends_with('.')) text.remove_suffix(1);
        }
        return std::find(texts_.begin(), texts_.end(), text) != texts_.end();
    }
    std::vector<std::string> texts_;
    bool numeric_;
};

bool fits(CodecSetup& setup) {
    const auto& argument = setup.call.arguments[0];
    bool good = true;
    if (setup.type.kind == ChainType::Kind::boolean) good = argument.text == "true" || argument.text == "false";
    if (setup.type.numeric()) {
        auto number = parse_exact(argument.text);
        good = number && (setup.type.kind == ChainType::Kind::decimal || trim(*number).scale == 0);
    }
    if (!good) setup.fail_at(argument.mark, "'" + argument.text + "' is no " + std::string(name(setup.type.kind)));
    return good;
}

std::unique_ptr<Codec> make_default(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !fits(setup)) return nullptr;
    return std::make_unique<Default>(setup.call.arguments[0].text, setup.type.kind == ChainType::Kind::boolean);
}

std::unique_ptr<Codec> make_null(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !fits(setup)) return nullptr;
    if (setup.type.kind == ChainType::Kind::boolean) return setup.fail("null() stands before a flag", "use default()");
    return std::make_unique<Null>(setup.call.arguments[0].text);
}

std::unique_ptr<Codec> make_none(CodecSetup& setup) {
    if (!setup.arguments(1, 16) || !setup.needs_text()) return nullptr;
    std::vector<std::string> texts;
    for (const auto& argument : setup.call.arguments) texts.push_back(argument.text);
    return std::make_unique<None>(std::move(texts), setup.type.numeric());
}

}  // namespace

CodecDefinition default_codec() {
    return {"default",
            "default(false)",
            "what the contract says when legacy says nothing",
            true,
            make_default,
            {{"flag(J,N) | default(false)!", "absent", Direction::to_contract, "false"},
             {"flag(J,N) | default(false)!", "N", Direction::both, "false"},
             {"flag(J,N) | default(false)!", "absent", Direction::to_legacy, "absent"}}};
}

CodecDefinition null_codec() {
    return {"null",
            "null(0)",
            "a legacy NULL means this legacy value",
            true,
            make_null,
            {{"null(0)! | int", "absent", Direction::both, "0"}, {"null(0)! | int", "5", Direction::both, "5"}}};
}

CodecDefinition none_codec() {
    return {"none",
            "none(\"0\",\"99991231\")",
            "legacy values that mean 'no value'; the first is written for it",
            true,
            make_none,
            {{"none(\"0\",\"99991231\")! | date(\"yyyyMMdd\")", "0", Direction::both, "absent"},
             {"none(\"0\",\"99991231\")! | date(\"yyyyMMdd\")", "99991231", Direction::to_contract, "absent"},
             {"none(\"0\")! | date(\"yyyyMMdd\")", "20261201", Direction::both, "\"2026-12-01\""},
             {"none(\"-1\")!", nullptr, Direction::to_legacy, "\"-1\""}}};
}

}  // namespace headgate::mappings
