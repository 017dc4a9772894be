// upper, lower: the legacy side knows one case of ASCII letters; other letters are carried as they are.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class LetterCase : public Codec {
  public:
    explicit LetterCase(bool upper) : upper_(upper) {}
    bool read(Value& value, CodecRun& run) const override { return write(value, run); }
    bool write(Value& value, CodecRun& run) const override {
        auto text = text_of(value);
        auto wrong = [this](char c) { return upper_ ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z'; };
        if (std::none_of(text.begin(), text.end(), wrong)) return true;
        char* out = run.arena.allocate<char>(text.size());
        for (std::size_t i = 0; i < text.size(); ++i)
            out[i] = wrong(text[i]) ? static_cast<char>(text[i] ^ 0x20) : text[i];
        value = Value::string({out, text.size()});
        return true;
    }
    bool exact() const override { return false; }

  private:
    bool upper_;
};

template <bool upper>
std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(0, 0) || !setup.needs_text()) return nullptr;
    return std::make_unique<LetterCase>(upper);
}

}  // namespace

CodecDefinition upper_codec() {
    return {"upper",
            "upper!",
            "the legacy text is in upper case (ASCII letters)",
            true,
            make<true>,
            {{"upper!", "HG-1", Direction::both, "\"HG-1\""}, {"upper!", "HG-1", Direction::to_legacy, "\"hg-1\""}}};
}

CodecDefinition lower_codec() {
    return {"lower",
            "lower!",
            "the legacy text is in lower case (ASCII letters)",
            true,
            make<false>,
            {{"lower!", "a@b.de", Direction::to_legacy, "\"A@b.de\""},
             {"lower!", "a@b.de", Direction::both, "\"a@b.de\""}}};
}

}  // namespace headgate::mappings
