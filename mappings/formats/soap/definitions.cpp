#include "mappings/formats/soap/definitions.hpp"

namespace headgate::soap {

void Definitions::import(const std::shared_ptr<const XmlFile>& file, const xmlNode* node) {
    std::string location = attribute(node, "location");
    std::string path = files.resolve(file->path, location);
    if (path.empty()) {
        diagnostics.error(file->mark(node), "'" + location + "' is not a file beside this one",
                          "nothing is fetched: keep the imported WSDL beside this one, with a relative location");
        return;
    }
    if (!read.insert(path).second) return;
    if (read.size() > xsd_files_at_most) return diagnostics.error(file->mark(node), "more than 64 imported files");
    auto imported = files.read(path, diagnostics);
    if (!imported) return;
    if (is_element(imported->root(), xsd_ns, "schema"))
        schemas.add_schema(imported, imported->root());
    else
        collect(imported, imported->root());
}

void Definitions::collect(const std::shared_ptr<const XmlFile>& file, const xmlNode* definitions) {
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

}  // namespace headgate::soap
