#include "mappings/formats/soap/soap.hpp"

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
    while (local.ends_with(' ') || local.ends_with('\n')) local.remove_suffix(1);
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

SoapAnswer read_fault(const Value& fault, bool version12) {
    SoapAnswer answer;
    answer.fault = true;
    const Value* detail = fault.find(version12 ? "Detail" : "detail");
    if (detail) answer.detail = *detail;
    std::string_view name;
    if (version12) {
        const Value* code = fault.find("Code");
        if (code) name = text_of(code->find("Value"));
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
    if (std::string_view code = detail_code(answer.detail); !code.empty())
        answer.code += "/" + std::string(code.substr(0, 80));
    return answer;
}

}  // namespace

Result<std::string> write_soap(const SoapRoot& root, const Value& content, std::string_view charset) {
    std::string text;
    text.reserve(2048);
    text += "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>";
    std::string name(root.element), extra;
    if (!root.target_namespace.empty()) {
        if (!root.qualified) name = "m:" + name;  // the elements below have no namespace
        extra = root.qualified ? " xmlns=\"" : " xmlns:m=\"";
        xml::append_attribute_text(extra, root.target_namespace);
        extra += '"';
    }
    if (auto written = xml::write_element(text, name, extra, content); !written) return written.error();
    text += "</soapenv:Body></soapenv:Envelope>";
    return xml::encode_document(text, charset);
}

Result<SoapAnswer> read_soap(std::string_view bytes, std::string_view charset, const SoapRoot& expected, Arena& arena,
                             const xml::XmlLimits& limits) {
    auto document = xml::thread_xml_reader().read(bytes, arena, charset, limits);
    if (!document) return document.error();
    const auto& top = document->top;
    bool version12 = top[0].ns == soap12_ns;
    if (document->root != "Envelope" || (!version12 && top[0].ns != soap11_ns))
        return bad("the root is '" + std::string(document->root) + "', not a SOAP envelope");
    const Value* body = document->content.find("Body");
    if (!body || body->is_array()) return bad("Envelope: exactly one Body is expected");
    // What stands in the Body, by name and namespace.
    const xml::ElementName* root = nullptr;
    bool inside = false;
    std::size_t roots = 0;
    for (const xml::ElementName& name : top) {
        if (name.depth < 2) inside = name.depth == 1 && name.name == "Body" && name.ns == top[0].ns;
        if (name.depth == 2 && inside && ++roots == 1) root = &name;
    }
    if (!root) return bad("Envelope/Body: empty, '" + std::string(expected.element) + "' is expected");
    if (roots > 1) return bad("Envelope/Body: more than one element");
    const Value* content = body->find(root->name);
    if (!content) return bad("Envelope/Body: '" + std::string(root->name) + "' has no content");
    if (root->name == "Fault" && root->ns == top[0].ns) return read_fault(*content, version12);
    if (root->name != expected.element)
        return bad("Envelope/Body: '" + std::string(root->name.substr(0, 80)) + "' instead of '" +
                   std::string(expected.element) + "'");
    if (root->ns != expected.target_namespace)
        return bad("Envelope/Body/" + std::string(root->name) + ": namespace '" + std::string(root->ns.substr(0, 120)) +
                   "' instead of '" + std::string(expected.target_namespace) + "'");
    SoapAnswer answer;
    answer.content = *content;
    return answer;
}

}  // namespace headgate
