#include "mappings/formats/soap/wsdl.hpp"

#include <filesystem>
#include <set>

#include "mappings/formats/soap/xml_file.hpp"
#include "mappings/formats/soap/xsd.hpp"

namespace headgate {
namespace {

using namespace soap;
using File = std::shared_ptr<const XmlFile>;

struct Named {
    File file;
    const xmlNode* node = nullptr;
};
using NamedNodes = std::map<QName, Named>;

// What the WSDL and its imports define, before any of it is resolved.
struct Definitions {
    explicit Definitions(Diagnostics& d) : diagnostics(d), schemas(d) {}
    Diagnostics& diagnostics;
    XsdSchemas schemas;
    NamedNodes messages, port_types, bindings;
    std::vector<Named> ports;
    std::string service;
    std::set<std::string> read;

    void collect(const File& file, const xmlNode* definitions);
    void import(const File& file, const xmlNode* node);
};

void Definitions::import(const File& file, const xmlNode* node) {
    std::string location = attribute(node, "location");
    if (location.empty() || location.find("://") != std::string::npos || location.starts_with('/')) {
        diagnostics.error(file->mark(node), "'" + location + "' is not a file beside this one",
                          "nothing is fetched: keep the imported WSDL beside this one, with a relative location");
        return;
    }
    auto path = (std::filesystem::path(file->path).parent_path() / location).lexically_normal().string();
    if (!read.insert(path).second) return;
    if (read.size() > 64) return diagnostics.error(file->mark(node), "more than 64 imported files");
    auto imported = read_xml_file(path, diagnostics);
    if (!imported) return;
    if (is_element(imported->root(), xsd_ns, "schema"))
        schemas.add_schema(imported, imported->root());
    else
        collect(imported, imported->root());
}

void Definitions::collect(const File& file, const xmlNode* definitions) {
    if (!is_element(definitions, wsdl_ns, "definitions"))
        return diagnostics.error(file->mark(definitions), "not a WSDL 1.1 document",
                                 "the root must be wsdl:definitions");
    std::string ns = attribute(definitions, "targetNamespace");
    for (xmlNode* child = first_element(definitions); child; child = next_element(child)) {
        if (namespace_of(child) != wsdl_ns) continue;
        std::string_view kind = local_name(child);
        QName name{ns, attribute(child, "name")};
        if (kind == "import") {
            import(file, child);
        } else if (kind == "types") {
            for (xmlNode* schema = first_element(child); schema; schema = next_element(schema))
                if (is_element(schema, xsd_ns, "schema")) schemas.add_schema(file, schema);
        } else if (kind == "message") {
            messages[name] = {file, child};
        } else if (kind == "portType") {
            port_types[name] = {file, child};
        } else if (kind == "binding") {
            bindings[name] = {file, child};
        } else if (kind == "service") {
            if (service.empty()) service = name.name;
            for (xmlNode* port = first_element(child); port; port = next_element(port))
                if (is_element(port, wsdl_ns, "port")) ports.push_back({file, port});
        }
    }
}

// One operation: both messages resolved to their roots. Nothing, with diagnostics, when something is not supported.
class OperationReader {
  public:
    OperationReader(Definitions& all, const File& file, const xmlNode* operation)
        : all_(all), file_(file), node_(operation) {}

    std::optional<SoapOperation> read(const File& binding_file, const xmlNode* bound, bool document_style) {
        SoapOperation out;
        out.name = attribute(node_, "name");
        out.mark = file_->mark(node_);
        const xmlNode* soap = first_child(bound, wsdl_soap_ns, "operation");
        std::string style = soap ? attribute(soap, "style") : "";
        if (style.empty() ? !document_style : style != "document")
            return refuse(binding_file, bound, "'" + out.name + "' is rpc style: only document/literal is supported");
        if (soap) out.soap_action = attribute(soap, "soapAction");
        auto in = body(binding_file, bound, "input"), answer = body(binding_file, bound, "output");
        if (!in || !answer) return std::nullopt;
        auto request = all_.schemas.element(*in, file_->mark(node_), true);
        auto response = all_.schemas.element(*answer, file_->mark(node_), false);
        if (!request || !response) return std::nullopt;
        if (in->ns != answer->ns)
            return refuse(file_, node_,
                          "request and response of '" + out.name + "' are in two namespaces: not supported");
        out.request_element = in->name;
        out.response_element = answer->name;
        out.target_namespace = in->ns;
        out.qualified = all_.schemas.qualified(*in);
        out.request = std::move(*request);
        out.response = std::move(*response);
        for (xmlNode* fault = first_element(node_); fault; fault = next_element(fault)) {
            if (!is_element(fault, wsdl_ns, "fault")) continue;
            auto element = part(fault, "");
            if (!element) return std::nullopt;
            auto detail = all_.schemas.element(*element, file_->mark(fault), false);
            if (!detail) return std::nullopt;
            out.faults.push_back(std::move(*detail));
        }
        return out;
    }

  private:
    std::nullopt_t refuse(const File& file, const xmlNode* at, std::string message, std::string hint = {}) {
        all_.diagnostics.error(file->mark(at), std::move(message), std::move(hint));
        return std::nullopt;
    }

    // The root element of the body: the single part of the message, or the one that soap:body names.
    std::optional<QName> body(const File& binding_file, const xmlNode* bound, const char* direction) {
        const xmlNode* side = first_child(node_, wsdl_ns, direction);
        const xmlNode* bound_side = first_child(bound, wsdl_ns, direction);
        if (!side)
            return refuse(file_, node_, std::string("no ") + direction + ": one-way operations are not supported");
        const xmlNode* body = bound_side ? first_child(bound_side, wsdl_soap_ns, "body") : nullptr;
        if (body && attribute(body, "use") == "encoded")
            return refuse(binding_file, body, "use=\"encoded\" is not supported", "use document/literal");
        if (bound_side && first_child(bound_side, wsdl_soap_ns, "header"))
            return refuse(binding_file, bound_side, "soap:header is not supported");
        return part(side, body ? attribute(body, "parts") : "");
    }

    std::optional<QName> part(const xmlNode* side, const std::string& wanted) {
        std::string text = attribute(side, "message");
        auto found = all_.messages.find(resolve_qname(side, text));
        if (found == all_.messages.end()) return refuse(file_, side, "the message '" + text + "' is not defined");
        const auto& [file, message] = found->second;
        const xmlNode* chosen = nullptr;
        for (xmlNode* child = first_element(message); child; child = next_element(child)) {
            if (!is_element(child, wsdl_ns, "part") || (!wanted.empty() && attribute(child, "name") != wanted))
                continue;
            if (chosen) return refuse(file, message, "a message with several parts in its body is not supported");
            chosen = child;
        }
        if (!chosen) return refuse(file, message, "the message has no part for its body");
        if (!has_attribute(chosen, "element"))
            return refuse(file, chosen, "the part names a type, not an element", "use document/literal");
        return resolve_qname(chosen, attribute(chosen, "element"));
    }

    Definitions& all_;
    const File& file_;
    const xmlNode* node_;
};

void read_binding(Definitions& all, const Named& binding, std::set<const xmlNode*>& served, Wsdl& out) {
    const xmlNode* soap = first_child(binding.node, wsdl_soap_ns, "binding");
    if (!soap) return;  // SOAP 1.2 or HTTP: another binding of the same portType
    std::string type = attribute(binding.node, "type");
    auto port_type = all.port_types.find(resolve_qname(binding.node, type));
    if (port_type == all.port_types.end())
        return all.diagnostics.error(binding.file->mark(binding.node), "the portType '" + type + "' is not defined");
    const auto& [file, node] = port_type->second;
    if (!served.insert(node).second) return;
    std::string style = attribute(soap, "style");
    for (xmlNode* operation = first_element(node); operation; operation = next_element(operation)) {
        if (!is_element(operation, wsdl_ns, "operation")) continue;
        std::string name = attribute(operation, "name");
        const xmlNode* bound = nullptr;
        for (xmlNode* child = first_element(binding.node); child; child = next_element(child))
            if (is_element(child, wsdl_ns, "operation") && attribute(child, "name") == name) bound = child;
        if (!bound) {
            all.diagnostics.error(file->mark(operation), "the binding has no operation '" + name + "'");
        } else if (out.find(name)) {
            all.diagnostics.error(file->mark(operation), "two operations are called '" + name + "'");
        } else if (auto read = OperationReader(all, file, operation)
                                   .read(binding.file, bound, style.empty() || style == "document")) {
            out.operations.push_back(std::move(*read));
        }
    }
}

}  // namespace

const SoapOperation* Wsdl::find(std::string_view operation) const {
    for (const auto& candidate : operations)
        if (candidate.name == operation) return &candidate;
    return nullptr;
}

std::vector<std::string_view> Wsdl::operation_names() const {
    std::vector<std::string_view> names;
    for (const auto& operation : operations) names.push_back(operation.name);
    return names;
}

std::shared_ptr<const Wsdl> load_wsdl(const std::string& path, Diagnostics& diagnostics) {
    auto file = read_xml_file(path, diagnostics);
    if (!file) return nullptr;
    if (!is_element(file->root(), wsdl_ns, "definitions")) {
        diagnostics.error(file->mark(file->root()), "not a WSDL 1.1 document", "the root must be wsdl:definitions");
        return nullptr;
    }
    Definitions all(diagnostics);
    all.read.insert(std::filesystem::path(path).lexically_normal().string());
    all.collect(file, file->root());
    auto out = std::make_shared<Wsdl>();
    out->path = path;
    out->service = all.service.empty() ? attribute(file->root(), "name") : all.service;
    std::set<const xmlNode*> served;
    bool any_soap = false;
    for (const auto& [name, binding] : all.bindings) {
        any_soap = any_soap || first_child(binding.node, wsdl_soap_ns, "binding");
        read_binding(all, binding, served, *out);
    }
    if (!any_soap) diagnostics.error({path}, "no SOAP 1.1 binding: nothing here can be called");
    for (const auto& [port_file, port] : all.ports)
        if (const xmlNode* address = first_child(port, wsdl_soap_ns, "address"); address && out->endpoint.empty())
            out->endpoint = attribute(address, "location");
    return out;
}

}  // namespace headgate
