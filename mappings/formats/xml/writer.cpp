#include "mappings/formats/xml/writer.hpp"

#include "mappings/formats/xml/instance_type.hpp"
#include "mappings/formats/xml/xml_charset.hpp"

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

constexpr std::string_view nil_attribute = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";
constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";

bool is_child_element(std::string_view name) { return !name.starts_with('@') && !name.starts_with('#'); }

// Members mostly come in the shape's order: the one after the last is looked at first.
const LegacyNode* child_of(const LegacyNode* shape, std::string_view name, std::size_t& hint) {
    if (!shape) return nullptr;
    auto count = shape->children.size();
    for (std::size_t i = 0, at = hint; i < count; ++i, ++at) {
        if (at >= count) at -= count;
        if (shape->children[at].name == name) return hint = at + 1, &shape->children[at];
    }
    return nullptr;
}

class ElementWriter {
  public:
    explicit ElementWriter(std::string& out) : out_(out) {}

    // `scope`: what xmlns is around it. `shape`: nullptr when none is known.
    void write(std::string_view name, const LegacyNode* shape, std::string_view scope, const Value& value) {
        if (failed_) return;
        if (value.is_array()) {
            for (const Value& item : value) write(name, shape, scope, item);
            return;
        }
        std::string_view ns = shape ? std::string_view(shape->ns) : scope;
        bool prefixed = shape && !ns.empty() && ns != scope && has_unqualified(*shape);
        auto tag = [&] {
            if (prefixed) out_ += "m:";
            out_ += name;
        };
        out_ += '<';
        tag();
        if (prefixed) {
            declare(" xmlns:m", ns);
        } else if (ns != scope) {
            declare(" xmlns", ns);
            scope = ns;
        }
        switch (value.kind()) {
            case ValueKind::null:
                out_ += nil_attribute;
                out_ += "/>";
                return;
            case ValueKind::object: object(name, shape, scope, value); break;
            case ValueKind::boolean:
                type(name, shape, value);
                out_ += '>';
                out_ += value.as_boolean() ? "true" : "false";
                break;
            default:
                type(name, shape, value);
                out_ += '>';
                text(name, value.text());
        }
        out_ += "</";
        tag();
        out_ += '>';
    }

    bool failed() const { return failed_; }
    std::string place() const { return place_; }

  private:
    static bool has_unqualified(const LegacyNode& shape) {
        for (const auto& child : shape.children)
            if (child.ns.empty() && is_child_element(child.name)) return true;
        return false;
    }

    void declare(std::string_view what, std::string_view ns) {
        out_ += what;
        out_ += "=\"";
        append_attribute_text(out_, ns);
        out_ += '"';
    }

    void type(std::string_view name, const LegacyNode* shape, const Value& value) {
        if (!shape || !shape->types) {
            if (value.find("@xsi:type")) fail(std::string(name) + ": @xsi:type of an element that has no other types");
            return;
        }
        auto [type, fault] = instance_type(*shape->types, value);
        if (!fault.empty()) fail(std::string(name) + ": " + fault);
        if (!type) return;
        declare(" xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        if (!type->ns.empty()) declare(" xmlns:t", type->ns);
        out_ += type->ns.empty() ? " xsi:type=\"" : " xsi:type=\"t:";
        append_attribute_text(out_, type->name);
        out_ += '"';
    }

    void object(std::string_view name, const LegacyNode* shape, std::string_view scope, const Value& value) {
        type(name, shape, value);
        std::size_t hint = 0, prefixes = 0;
        for (const Member& member : value.members()) {
            if (!member.key.starts_with('@') || member.key == "@xsi:type" || member.value.is_null()) continue;
            std::string_view local = member.key.substr(1);
            const LegacyNode* known = child_of(shape, member.key, hint);
            std::string prefix;
            if (known && known->ns == xml_ns) {
                prefix = "xml:";
            } else if (known && !known->ns.empty()) {
                prefix = "a" + std::to_string(++prefixes);
                declare(" xmlns:" + prefix, known->ns);
                prefix += ':';
            }
            out_ += ' ';
            out_ += prefix;
            out_ += local;
            out_ += "=\"";
            bool scalar = member.value.is_string() || member.value.is_number();
            if (member.value.is_boolean())
                out_ += member.value.as_boolean() ? "true" : "false";
            else if (!scalar || !append_attribute_text(out_, member.value.text()))
                fail(std::string(name) + "/" + std::string(member.key) + ": a control character");
            out_ += '"';
        }
        const Value* own = value.find("#text");
        if (own && own->is_null()) out_ += nil_attribute;
        bool attributes = value.size() > 1 && own && own->is_string();
        if (attributes && !own->text().empty() && own->text().find_first_not_of(" \t\r\n") == std::string_view::npos)
            fail(std::string(name) + ": blanks alone beside attributes, which would not be read as a text");
        out_ += '>';
        for (const Member& member : value.members()) {
            if (is_child_element(member.key))
                write(member.key, child_of(shape, member.key, hint), scope, member.value);
            else if (member.key == "#text" && (member.value.is_string() || member.value.is_number()))
                text(name, member.value.text());
        }
    }

    void text(std::string_view name, std::string_view text) {
        if (!append_text(out_, text)) fail(std::string(name) + ": a control character");
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

Result<void> write_element(std::string& out, const LegacyNode& shape, const Value& value) {
    ElementWriter writer(out);
    writer.write(shape.name, &shape, {}, value);
    if (writer.failed())
        return Error{ErrorKind::invalid_message, "the message holds something that this system can't take",
                     "XML: " + writer.place()};
    return {};
}

Result<std::string> encode_document(std::string_view utf8, std::string_view charset) {
    const XmlCharset set = find_xml_charset(charset);
    if (!set)
        return Error{ErrorKind::configuration, "a mapping names an unknown charset",
                     "charset '" + std::string(charset) + "'"};
    std::string text = "<?xml version=\"1.0\" encoding=\"" + std::string(charset) + "\"?>\n";
    if (set.wide) {
        text += utf8;
        std::string out;
        set.wide->encode(text, out);
        return out;
    }
    text.reserve(text.size() + utf8.size() + utf8.size() / 16);
    set.narrow->encode(utf8, text, Charset::Unfit::numeric_reference);
    return text;
}

}  // namespace headgate::xml
