// padded(n, "c", side): the legacy text is filled up to n characters.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class Padded : public Codec {
  public:
    Padded(std::size_t width, char fill, bool right) : width_(width), fill_(fill), right_(right) {}
    bool read(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        if (text.size() > width_ && count_code_points(text) > width_) return run.fail("a shorter text");
        value = Value::string(strip(text));
        return true;
    }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        auto length = count_code_points(text);
        if (length > width_) return run.fail("a shorter text");
        // What would not come back is refused, not mangled.
        if (strip(text).size() != text.size() || (text.empty() && keeps_one()))
            return run.fail("a text without the fill character");
        auto fill = width_ - length;
        char* out = run.arena.allocate<char>(text.size() + fill);
        std::memset(right_ ? out + text.size() : out, fill_, fill);
        if (!text.empty()) std::memcpy(right_ ? out : out + fill, text.data(), text.size());
        value = Value::string({out, text.size() + fill});
        return true;
    }
    Width written(Width) const override { return {width_, static_cast<int>(width_)}; }

  private:
    bool keeps_one() const { return fill_ >= '0' && fill_ <= '9'; }
    std::string_view strip(std::string_view text) const {
        std::size_t least = keeps_one() ? 1 : 0;
        while (text.size() > least && (right_ ? text.back() : text.front()) == fill_)
            right_ ? text.remove_suffix(1) : text.remove_prefix(1);
        return text;
    }
    std::size_t width_;
    char fill_;
    bool right_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(2, 3) || !setup.needs_text()) return nullptr;
    int width = setup.number(0, 1, 100'000);
    if (width < 0) return nullptr;
    const auto& arguments = setup.call.arguments;
    if (arguments[1].text.size() != 1 || static_cast<unsigned char>(arguments[1].text[0]) > 127)
        return setup.fail_at(arguments[1].mark, "the fill is one ASCII character", "padded(3,\"0\")");
    bool right = arguments.size() == 3 && arguments[2].text == "right";
    if (arguments.size() == 3 && !right && arguments[2].text != "left")
        return setup.fail_at(arguments[2].mark, "unknown side '" + arguments[2].text + "'", "left or right");
    setup.type = {ChainType::Kind::text, false, width, 0};
    return std::make_unique<Padded>(width, arguments[1].text[0], right);
}

}  // namespace

CodecDefinition padded_codec() {
    return {"padded",
            "padded(3,\"0\") or padded(18,' ',right)",
            "the legacy text is filled up to n characters, left or right",
            false,
            make,
            {{"padded(3,\"0\")", "007", Direction::both, "\"7\""},
             {"padded(3,\"0\")", "000", Direction::both, "\"0\""},
             {"padded(3,\"0\")", nullptr, Direction::to_legacy, "\"07\""},
             {"padded(3,\"0\")", nullptr, Direction::to_legacy, "\"1234\""},
             {"padded(6,' ',right)", "HG-1  ", Direction::both, "\"HG-1\""},
             {"padded(6,' ',right)", "HG-1", Direction::to_contract, "\"HG-1\""},
             {"padded(6,' ',right)", nullptr, Direction::to_legacy, "\"HG \""}}};
}

}  // namespace headgate::mappings
