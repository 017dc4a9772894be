// charset(name): a text of characters that a character set has, where a field allows fewer than the message does.
#include "mappings/formats/charset/charset.hpp"

#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

namespace {

class CharsetCodec : public Codec {
  public:
    explicit CharsetCodec(const Charset& charset) : charset_(charset) {}
    bool read(Value& value, CodecRun& run) const override { return check(value, run); }
    bool write(Value& value, CodecRun& run) const override { return check(value, run); }

  private:
    bool check(const Value& value, CodecRun& run) const {
        static thread_local std::string bytes;
        bytes.clear();
        return charset_.encode(text_of(value), bytes, Charset::Unfit::refuse) == std::string_view::npos ||
               run.fail("characters that the field's character set has");
    }
    const Charset& charset_;
};

std::unique_ptr<Codec> make(CodecSetup& setup) {
    if (!setup.arguments(1, 1) || !setup.needs_text()) return nullptr;
    const auto& argument = setup.call.arguments[0];
    const auto* charset = Charset::find(argument.text);
    if (!charset) return setup.fail_at(argument.mark, "unknown character set '" + argument.text + "'", "ISO-8859-15");
    return std::make_unique<CharsetCodec>(*charset);
}

}  // namespace

CodecDefinition charset_codec() {
    return {"charset",
            "charset(CP850)",
            "the field has the characters of this set alone; another is refused, not replaced",
            false,
            make,
            {{"charset(ISO-8859-1)", "Müller", Direction::both, "\"Müller\""},
             {"charset(US-ASCII)", nullptr, Direction::to_legacy, "\"Müller\""},
             {"charset(ISO-8859-15)", "5 €", Direction::both, "\"5 €\""},
             {"charset(CP850)", nullptr, Direction::to_legacy, "\"5 €\""}}};
}

}  // namespace headgate::mappings
