// digits(n): the contract shows a number with exactly n digits; a numeric legacy field drops the zeros in front.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Digits : public Codec {
  public:
    Digits(std::size_t width, bool numeric) : width_(width), numeric_(numeric) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (!all_digits(text) || text.size() > width_ || (!numeric_ && text.size() != width_))
            return run.fail("a number of that many digits");
        if (text.size() < width_) {
            char* out = run.arena.allocate<char>(width_);
            std::memset(out, '0', width_ - text.size());
            std::memcpy(out + width_ - text.size(), text.data(), text.size());
            text = {out, width_};
        }
        value = Value::string(text);
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (!all_digits(text) || text.size() != width_) return run.fail("exactly that many digits");
        while (numeric_ && text.size() > 1 && text.front() == '0') text.remove_prefix(1);
        value = Value::string(text);
        return true;
    }
    Width written(Width) const override { return {width_, static_cast<int>(width_)}; }

  private:
    std::size_t width_;
    bool numeric_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1)) return nullptr;
    int width = setup.number(0, 1, 36);
    if (width < 0) return nullptr;
    if ((!setup.type.textual() && !setup.type.numeric()) || setup.behind_contract_text())
        return setup.type.told_by.empty() ? (setup.needs_text(), nullptr) : nullptr;
    bool numeric = setup.type.numeric();
    setup.type = {ChainType::Kind::text, false, width, 0, "digits"};
    return std::make_unique<Digits>(width, numeric);
}

}  // namespace

CodecDefinition digits_codec() {
    return {"digits",
            "digits(4)",
            "exactly n digits; a numeric legacy field has no zeros in front",
            false,
            make,
            {{"int | digits(4)", "7", Direction::both, "\"0007\""},
             {"int | digits(4)", "0", Direction::both, "\"0000\""},
             {"int | digits(4)", "12345", Direction::to_contract, nullptr},
             {"digits(4)", "0007", Direction::both, "\"0007\""},
             {"digits(4)", "7", Direction::to_contract, nullptr},
             {"digits(4)", nullptr, Direction::to_legacy, "\"00x7\""}}};
}

}  // namespace headgate::mappings
