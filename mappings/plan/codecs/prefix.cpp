// prefix("x"): the contract's text begins with x, the legacy text doesn't show it.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Prefix : public Codec {
  public:
    explicit Prefix(std::string prefix) : prefix_(std::move(prefix)) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        char* out = run.arena.allocate<char>(prefix_.size() + text.size());
        std::memcpy(out, prefix_.data(), prefix_.size());
        if (!text.empty()) std::memcpy(out + prefix_.size(), text.data(), text.size());
        value = Value::string({out, prefix_.size() + text.size()});
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (!text.starts_with(prefix_)) return run.fail("a text with the prefix");
        value = Value::string(text.substr(prefix_.size()));
        return true;
    }
    Width written(Width given) const override {
        auto own = count_code_points(prefix_);
        return {given.characters > own ? given.characters - own : given.characters == 0 ? 0 : 1, given.digits};
    }

  private:
    std::string prefix_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1)) return nullptr;
    if (!setup.type.textual() && !setup.type.numeric()) return setup.needs_text(), nullptr;
    if (setup.type.told_by != "digits" && setup.behind_contract_text()) return nullptr;
    const auto& prefix = setup.call.arguments[0].text;
    if (prefix.empty()) return setup.fail("an empty prefix does nothing");
    int length = setup.type.length == 0 ? 0 : setup.type.length + static_cast<int>(count_code_points(prefix));
    setup.type = {ChainType::Kind::text, false, length, 0, "prefix"};
    return std::make_unique<Prefix>(prefix);
}

}  // namespace

CodecDefinition prefix_codec() {
    return {"prefix",
            "prefix(\"ST-\")",
            "the contract's text has a prefix that the legacy text lacks",
            false,
            make,
            {{"prefix(\"ST-\")", "0007", Direction::both, "\"ST-0007\""},
             {"int | digits(4) | prefix(\"ST-\")", "7", Direction::both, "\"ST-0007\""},
             {"prefix(\"ST-\")", nullptr, Direction::to_legacy, "\"WH-0007\""}}};
}

}  // namespace headgate::mappings
