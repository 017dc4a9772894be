#include "mappings/formats/soap/soap.hpp"

#include "base/http_fields.hpp"
#include "contracts/document/utf8.hpp"
#include "mappings/formats/xml/reader.hpp"
#include "mappings/formats/xml/writer.hpp"

namespace headgate {
namespace {

Error bad(std::string detail) {
    return Error{ErrorKind::bad_answer, "the system's answer can't be read", "SOAP: " + std::move(detail)};
}

// The text of a string, or of an object's #text; empty otherwise.
std::string_view text_of(const Value* value) {
    if (value && value->is_object()) value = value->find("#text");
    return value && value->is_string() ? value->text() : std::string_view();
}

// 'SOAP-ENV:Server.Db' is Server.Db; 1.2's names become those of 1.1, so that mappings need one spelling.
std::string fault_name(std::string_view qname) {
    auto colon = qname.find(':');
    std::string_view local = colon == std::string_view::npos ? qname : qname.substr(colon + 1);
    local = trim(local);
    while (local.ends_with('\n')) local.remove_suffix(1);
    if (local == "Receiver") return "Server";
    if (local == "Sender") return "Client";
    return std::string(local.substr(0, 80));
}

// The first `code` in the detail or directly inside its first element.
std::string_view detail_code(const Value& detail) {
    if (!detail.is_object()) return {};
    if (const Value* direct = detail.find("code")) return text_of(direct);
    for (const Member& member : detail.members()) {
        const Value& inner = member.value.is_array() ? member.value[0] : member.value;
        if (std::string_view code = text_of(inner.find("code")); !code.empty()) return code;
    }
    return {};
}

// The innermost <Value> below Code/Subcode, without its prefix.
std::string_view subcode(const Value* code) {
    std::string_view found;
    for (int depth = 0; code && depth < 8; ++depth) {
        code = code->find("Subcode");
        if (!code) break;
        std::string_view value = trim(text_of(code->find("Value")));
        if (!value.empty()) found = value.substr(value.find(':') + 1);
    }
    return found;
}

SoapAnswer read_fault(const Value& fault, bool version12) {
    SoapAnswer answer;
    answer.fault = true;
    const Value* detail = fault.find(version12 ? "Detail" : "detail");
    if (detail) answer.detail = *detail;
    std::string_view name, own_code;
    if (version12) {
        const Value* code = fault.find("Code");
        if (code) name = text_of(code->find("Value"));
        own_code = subcode(code);
        if (const Value* reason = fault.find("Reason")) {
            const Value* text = reason->find("Text");
            if (text && text->is_array()) text = text->begin();
            answer.text = text_of(text).substr(0, 500);
        }
    } else {
        name = text_of(fault.find("faultcode"));
        answer.text = text_of(fault.find("faultstring")).substr(0, 500);
    }
    answer.code = "soap:" + fault_name(name);
    std::string_view code = detail_code(answer.detail);
    if (code.empty()) code = own_code;
    if (!code.empty()) answer.code += "/" + std::string(cut_utf8(code, 80));
    return answer;
}

// The members of the content, `#header` before them.
Value with_header(const Value& header, const Value& content, Arena& arena) {
    bool object = content.is_object();
    bool text = content.is_string() && !content.text().empty();
    std::uint32_t inner = object ? content.size() : text ? 1 : 0, at = 0;
    Member* members = arena.allocate<Member>(inner + 1);
    new (members + at++) Member{"#header", header};
    if (object)
        for (const Member& member : content.members()) new (members + at++) Member(member);
    if (text) new (members + at++) Member{"#text", content};
    return Value::object(members, inner + 1);
}

}  // namespace

Result<std::string> write_soap(SoapVersion version, const LegacyNode& root, const Value& content,
                               std::string_view charset) {
    std::string text;
    text.reserve(2048);
    text += "<soapenv:Envelope xmlns:soapenv=\"";
    text += version == SoapVersion::v12 ? soap12_ns : soap11_ns;
    text += "\">";
    const LegacyNode* header = root.child("#header");
    const Value* entries = header ? content.find("#header") : nullptr;
    if (entries && entries->is_object()) {
        text += "<soapenv:Header>";
        for (const LegacyNode& entry : header->children) {
            const Value* value = entries->find(entry.name);
            if (!value) continue;
            if (auto written = xml::write_element(text, entry, *value); !written) return written.error();
        }
        text += "</soapenv:Header>";
    }
    text += "<soapenv:Body>";
    if (!root.name.empty())
        if (auto written = xml::write_element(text, root, content); !written) return written.error();
    text += "</soapenv:Body></soapenv:Envelope>";
    return xml::encode_document(text, charset);
}

std::string soap_content_type(SoapVersion version, std::string_view charset, std::string_view action) {
    std::string out = version == SoapVersion::v12 ? "application/soap+xml" : "text/xml";
    out += "; charset=" + std::string(charset);
    if (version == SoapVersion::v12 && !action.empty()) out += "; action=\"" + std::string(action) + "\"";
    return out;
}

Result<SoapAnswer> read_soap(std::string_view bytes, std::string_view charset, const LegacyNode& expected, Arena& arena,
                             const xml::XmlLimits& limits) {
    auto document = xml::thread_xml_reader().read(bytes, arena, charset, limits);
    if (!document) return document.error();
    const auto& top = document->top;
    bool version12 = top[0].ns == soap12_ns;
    if (document->root != "Envelope" || (!version12 && top[0].ns != soap11_ns))
        return bad("the root is '" + std::string(document->root) + "', not a SOAP envelope");
    const Value* body = document->content.find("Body");
    if (!body || body->is_array()) return bad("Envelope: exactly one Body is expected");
    const Value* header = document->content.find("Header");
    // What stands in the Body, by name and namespace.
    const xml::ElementName* root = nullptr;
    bool inside = false;
    std::size_t roots = 0;
    for (const xml::ElementName& name : top) {
        if (name.depth < 2) inside = name.depth == 1 && name.name == "Body" && name.ns == top[0].ns;
        if (name.depth == 2 && inside && ++roots == 1) root = &name;
    }
    SoapAnswer answer;
    auto named = [](std::string_view name) { return "'" + std::string(cut_utf8(name, 80)) + "'"; };
    if (!root && !expected.name.empty()) return bad("Envelope/Body: empty, " + named(expected.name) + " is expected");
    if (roots > 1) return bad("Envelope/Body: more than one element");
    const Value* content = root ? body->find(root->name) : nullptr;
    if (root && !content) return bad("Envelope/Body: " + named(root->name) + " has no content");
    if (root && root->name == "Fault" && root->ns == top[0].ns) return read_fault(*content, version12);
    if (expected.name.empty()) content = nullptr;  // whatever came is left aside
    if (content && root->name != expected.name)
        return bad("Envelope/Body: " + named(root->name) + " instead of '" + expected.name + "'");
    if (content && root->ns != expected.ns)
        return bad("Envelope/Body/" + std::string(root->name) + ": namespace '" + std::string(cut_utf8(root->ns, 120)) +
                   "' instead of '" + expected.ns + "'");
    answer.content = content ? *content : Value::string("");
    if (header && header->is_object() && expected.child("#header"))
        answer.content = with_header(*header, answer.content, arena);
    return answer;
}

}  // namespace headgate
