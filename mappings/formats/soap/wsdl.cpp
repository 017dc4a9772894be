#include "mappings/formats/soap/wsdl.hpp"

#include <algorithm>
#include <filesystem>

#include "mappings/formats/soap/operation_reader.hpp"

namespace headgate {
namespace {

using namespace soap;

constexpr std::pair<SoapVersion, std::string_view> versions[] = {{SoapVersion::v11, wsdl_soap_ns},
                                                                 {SoapVersion::v12, wsdl_soap12_ns}};

// Operations of the portType that no binding of this version has served before.
void read_binding(Definitions& all, const Definitions::Named& binding, SoapVersion version, std::string_view ns,
                  std::set<const xmlNode*>& served, Wsdl& out) {
    const xmlNode* soap = first_child(binding.node, ns, "binding");
    std::string type = attribute(binding.node, "type");
    auto port_type = all.port_types.find(resolve_qname(binding.node, type));
    if (port_type == all.port_types.end())
        return all.diagnostics.error(binding.file->mark(binding.node), "the portType '" + type + "' is not defined");
    const auto& [file, node] = port_type->second;
    if (!served.insert(node).second) return;
    for (xmlNode* operation = first_element(node); operation; operation = next_element(operation)) {
        if (!is_element(operation, wsdl_ns, "operation")) continue;
        std::string name = attribute(operation, "name");
        const xmlNode* bound = nullptr;
        for (xmlNode* child = first_element(binding.node); child; child = next_element(child))
            if (is_element(child, wsdl_ns, "operation") && attribute(child, "name") == name) bound = child;
        if (!bound) {
            all.diagnostics.error(file->mark(operation), "the binding has no operation '" + name + "'");
        } else if (out.find(name, version)) {
            all.diagnostics.error(file->mark(operation), "two operations are called '" + name + "'");
        } else if (auto read = OperationReader(all, version, {file, operation}, {binding.file, bound})
                                   .read(attribute(soap, "style"))) {
            out.operations.push_back(std::move(*read));
        }
    }
}

std::shared_ptr<const Wsdl> read_from(XmlFiles& files, const std::string& path, Diagnostics& diagnostics) {
    auto file = files.read(path, diagnostics);
    if (!file) return nullptr;
    if (!is_element(file->root(), wsdl_ns, "definitions")) {
        diagnostics.error(file->mark(file->root()), "not a WSDL 1.1 document", "the root must be wsdl:definitions");
        return nullptr;
    }
    Definitions all(files, diagnostics);
    all.read.insert(path);
    all.collect(file, file->root());
    auto out = std::make_shared<Wsdl>();
    out->path = path;
    out->service = all.service.empty() ? attribute(file->root(), "name") : all.service;
    bool any = false;
    for (auto [version, ns] : versions) {
        std::set<const xmlNode*> served;
        for (const auto& [name, binding] : all.bindings) {
            if (!first_child(binding.node, ns, "binding")) continue;
            any = true;
            read_binding(all, binding, version, ns, served, *out);
        }
        for (const auto& [port_file, port] : all.ports)
            if (const xmlNode* address = first_child(port, ns, "address"); address && out->endpoint.empty())
                out->endpoint = attribute(address, "location");
    }
    if (!any) diagnostics.error({path}, "no SOAP binding: nothing here can be called");
    out->files.assign(all.read.begin(), all.read.end());
    return out;
}

bool same_types(const LegacyNode& a, const LegacyNode& b) {
    if (!a.types || !b.types) return !a.types && !b.types;
    return std::equal(a.types->begin(), a.types->end(), b.types->begin(), b.types->end(),
                      [](const XmlType& x, const XmlType& y) {
                          return x.ns == y.ns && x.name == y.name && x.abstract == y.abstract && x.members == y.members;
                      });
}

}  // namespace

const SoapOperation* Wsdl::find(std::string_view operation, std::optional<SoapVersion> version) const {
    for (const auto& candidate : operations)
        if (candidate.name == operation && (!version || candidate.version == *version)) return &candidate;
    return nullptr;
}

std::vector<std::string_view> Wsdl::operation_names() const {
    std::vector<std::string_view> names;
    for (const auto& operation : operations)
        if (std::find(names.begin(), names.end(), operation.name) == names.end()) names.push_back(operation.name);
    return names;
}

std::shared_ptr<const Wsdl> load_wsdl(const std::string& path, Diagnostics& diagnostics) {
    LocalXmlFiles files;
    return read_from(files, std::filesystem::path(path).lexically_normal().string(), diagnostics);
}

std::shared_ptr<const Wsdl> read_wsdl(const std::string& url, const std::map<std::string, std::string>& documents,
                                      Diagnostics& diagnostics) {
    FetchedXmlFiles files(documents);
    return read_from(files, url, diagnostics);
}

std::vector<std::string> wsdl_imports(const std::string& url, const std::string& text) {
    Diagnostics ignored;
    auto file = parse_xml_file(url, text, ignored);
    std::vector<std::string> out;
    if (!file) return out;
    auto look = [&](const xmlNode* parent, std::string_view ns, const char* name) {
        for (xmlNode* child = first_element(parent); child; child = next_element(child)) {
            bool follows = is_element(child, ns, "import") || is_element(child, ns, "include");
            std::string target = follows ? url_within(url, attribute(child, name)) : std::string();
            if (!target.empty() && out.size() < xsd_files_at_most) out.push_back(std::move(target));
        }
    };
    const xmlNode* root = file->root();
    look(root, wsdl_ns, "location");
    look(root, xsd_ns, "schemaLocation");
    if (const xmlNode* types = first_child(root, wsdl_ns, "types"))
        for (xmlNode* schema = first_element(types); schema; schema = next_element(schema))
            look(schema, xsd_ns, "schemaLocation");
    return out;
}

bool same_shape(const LegacyNode& a, const LegacyNode& b) {
    return a.name == b.name && a.ns == b.ns && a.type == b.type && a.optional == b.optional &&
           a.repeated == b.repeated && a.nillable == b.nillable && a.length == b.length && a.fraction == b.fraction &&
           a.codes == b.codes && same_types(a, b) &&
           std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same_shape);
}

}  // namespace headgate
