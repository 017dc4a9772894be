#include "mappings/formats/xml/writer.hpp"

#include "mappings/formats/charset/charset.hpp"

namespace headgate::xml {
namespace {

bool append_escaped(std::string& out, std::string_view text, bool attribute) {
    std::size_t copied = 0;
    bool good = true;
    auto replace = [&](std::size_t at, std::string_view with) {
        out.append(text, copied, at - copied);
        out.append(with);
        copied = at + 1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        switch (c) {
            case '&': replace(i, "&amp;"); break;
            case '<': replace(i, "&lt;"); break;
            case '>': replace(i, "&gt;"); break;
            case '\r': replace(i, "&#13;"); break;  // else read back as a line feed
            case '"':
                if (attribute) replace(i, "&quot;");
                break;
            case '\t':
                if (attribute) replace(i, "&#9;");
                break;
            case '\n':
                if (attribute) replace(i, "&#10;");
                break;
            case 0xEF:  // U+FFFE and U+FFFF are EF BF BE and EF BF BF
                if (i + 2 < text.size() && text[i + 1] == '\xBF' && (text[i + 2] == '\xBE' || text[i + 2] == '\xBF'))
                    good = false;
                break;
            default:
                if (c < 0x20) good = false;
        }
    }
    out.append(text, copied, text.size() - copied);
    return good;
}

class ElementWriter {
  public:
    explicit ElementWriter(std::string& out) : out_(out) {}

    void write(std::string_view name, std::string_view extra, const Value& value) {
        if (failed_) return;
        if (value.is_array()) {
            for (const Value& item : value) write(name, extra, item);
            return;
        }
        out_ += '<';
        out_ += name;
        out_ += extra;
        switch (value.kind()) {
            case ValueKind::null:
                out_ += " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
                return;
            case ValueKind::object: object(name, value); break;
            case ValueKind::boolean:
                out_ += '>';
                out_ += value.as_boolean() ? "true" : "false";
                break;
            default: out_ += '>'; text(name, value.text());
        }
        out_ += "</";
        out_ += name;
        out_ += '>';
    }

    bool failed() const { return failed_; }
    std::string place() const { return place_; }

  private:
    void object(std::string_view name, const Value& value) {
        for (const Member& member : value.members()) {
            if (!member.key.starts_with('@') || member.value.is_null()) continue;
            out_ += ' ';
            out_ += member.key.substr(1);
            out_ += "=\"";
            bool scalar = member.value.is_string() || member.value.is_number();
            if (member.value.is_boolean())
                out_ += member.value.as_boolean() ? "true" : "false";
            else if (!scalar || !append_attribute_text(out_, member.value.text()))
                fail(std::string(name) + "/" + std::string(member.key));
            out_ += '"';
        }
        out_ += '>';
        for (const Member& member : value.members()) {
            if (member.key.starts_with('@')) continue;
            if (member.key == "#text" && (member.value.is_string() || member.value.is_number()))
                text(name, member.value.text());
            else if (member.key != "#text")
                write(member.key, {}, member.value);
        }
    }

    void text(std::string_view name, std::string_view text) {
        if (!append_text(out_, text)) fail(std::string(name));
    }

    void fail(std::string place) {
        if (!failed_) place_ = std::move(place);
        failed_ = true;
    }

    std::string& out_;
    bool failed_ = false;
    std::string place_;
};

}  // namespace

bool append_text(std::string& out, std::string_view utf8) { return append_escaped(out, utf8, false); }
bool append_attribute_text(std::string& out, std::string_view utf8) { return append_escaped(out, utf8, true); }

Result<void> write_element(std::string& out, std::string_view name, std::string_view extra, const Value& value) {
    ElementWriter writer(out);
    writer.write(name, extra, value);
    if (writer.failed())
        return Error{ErrorKind::invalid_message, "the message holds a character that this system can't take",
                     "XML: " + writer.place() + ": a control character"};
    return {};
}

Result<std::string> encode_document(std::string_view utf8, std::string_view charset) {
    const Charset* set = Charset::find(charset);
    if (!set)
        return Error{ErrorKind::configuration, "a mapping names an unknown charset",
                     "charset '" + std::string(charset) + "'"};
    std::string out = "<?xml version=\"1.0\" encoding=\"" + std::string(charset) + "\"?>\n";
    out.reserve(out.size() + utf8.size() + utf8.size() / 16);
    set->encode(utf8, out, Charset::Unfit::numeric_reference);
    return out;
}

}  // namespace headgate::xml
