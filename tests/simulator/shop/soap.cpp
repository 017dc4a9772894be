// Envelopes and charsets of the shop.
#include "tests/simulator/shop/soap.hpp"

#include <algorithm>
#include <cctype>

#include "tests/simulator/shop/latin9.hpp"
#include "tests/simulator/shop/wsdl_check.hpp"

namespace simulator {
namespace {

constexpr std::string_view soap_namespace = "http://schemas.xmlsoap.org/soap/envelope/";

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

// charset=... of a Content-Type, or encoding="..." of an XML declaration, in lower case.
std::string named_charset(std::string_view text, std::string_view key) {
    const auto at = lower(text).find(key);
    if (at == std::string::npos) return {};
    auto rest = text.substr(at + key.size());
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    return lower(rest.substr(0, rest.find_first_of("\"'; ?")));
}

bool refuse(ShopFault& fault, std::string text) {
    fault = {"E0001", std::move(text), "", true};
    return false;
}

HttpAnswer wrapped(int status, std::string_view content) {
    const std::string text = "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<soap:Envelope xmlns:soap=\"" +
                             std::string(soap_namespace) +
                             "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n <soap:Body>" +
                             std::string(content) + "</soap:Body>\n</soap:Envelope>\n";
    if (auto bytes = latin9_of_utf8(text)) return {status, "text/xml; charset=ISO-8859-15", *bytes};
    std::string plain = text;  // what a caller sent and the shop can't say, told back in a fault
    for (auto& c : plain) c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
    return {status, "text/xml; charset=ISO-8859-15", plain};
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    return out;
}

bool read_soap(const HttpRequest& http, std::string_view service_namespace, SoapRequest& request, ShopFault& fault) {
    const std::string type = http.header("content-type");
    if (lower(type).substr(0, 8) != "text/xml") return refuse(fault, "Content-Type must be text/xml");
    const std::string action = http.header("soapaction");
    const std::string wanted = "\"" + std::string(service_namespace) + "#";
    if (action.size() < wanted.size() + 2 || action.substr(0, wanted.size()) != wanted || action.back() != '"')
        return refuse(fault, "SOAPAction must be quoted and name an operation");
    request.operation = action.substr(wanted.size(), action.size() - wanted.size() - 1);

    const std::string_view start = std::string_view(http.body).substr(0, 200);
    const std::string declared =
        start.substr(0, 5) == "<?xml" ? named_charset(start.substr(0, start.find("?>")), "encoding=") : "";
    const std::string outside = named_charset(type, "charset=");
    if (!declared.empty() && !outside.empty() && declared != outside)
        return refuse(fault, "charset: Content-Type says " + outside + ", XML says " + declared);
    const std::string charset = !outside.empty() ? outside : !declared.empty() ? declared : "utf-8";
    if (charset != "utf-8" && charset != "iso-8859-15")
        return refuse(fault, "charset: " + charset + " is not understood");
    if (charset == "utf-8" && !is_utf8(http.body)) return refuse(fault, "charset: not UTF-8");
    if (http.body.find('\0') != std::string::npos || http.body.find("<!DOCTYPE") != std::string::npos)
        return refuse(fault, "XML: no NUL and no DOCTYPE");

    const std::string text = charset == "utf-8" ? http.body : utf8_of_latin9(http.body);
    request.document = std::make_unique<pugi::xml_document>();
    const auto parsed =
        request.document->load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed)
        return refuse(fault, "XML: " + std::string(parsed.description()) + " at " + std::to_string(parsed.offset));
    const auto envelope = request.document->document_element();
    if (local_name(envelope) != "Envelope" || namespace_of(envelope) != soap_namespace)
        return refuse(fault, "Envelope: not a SOAP 1.1 envelope");
    pugi::xml_node body;
    for (const auto& child : envelope.children()) {
        if (child.type() != pugi::node_element) continue;
        const bool header = local_name(child) == "Header";
        if (namespace_of(child) != soap_namespace || body || (!header && local_name(child) != "Body"))
            return refuse(fault, "Envelope: unexpected " + std::string(child.name()));
        if (!header) body = child;
    }
    for (const auto& child : body.children()) {
        if (child.type() != pugi::node_element) continue;
        if (request.body) return refuse(fault, "Body: more than one element");
        request.body = child;
    }
    return request.body ? true : refuse(fault, "Body: empty");
}

HttpAnswer soap_answer(std::string_view content) { return wrapped(200, content); }

HttpAnswer soap_fault(std::string_view service_namespace, const ShopFault& fault) {
    std::string content = "<soap:Fault><faultcode>soap:";
    content += fault.client ? "Client" : "Server";
    content += "</faultcode><faultstring>" + escaped(fault.code + ": " + fault.text) + "</faultstring><detail>";
    content += "<fehler xmlns=\"" + std::string(service_namespace) + "\"><code>" + fault.code + "</code><text>";
    content += escaped(fault.text.substr(0, 80)) + "</text>";
    if (!fault.artnr.empty()) content += "<artnr>" + escaped(fault.artnr) + "</artnr>";
    return wrapped(500, content + "</fehler></detail></soap:Fault>");
}

}  // namespace simulator
