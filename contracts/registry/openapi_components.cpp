// The components of a document: what nothing refers to is checked all the same.
#include "contracts/registry/openapi.hpp"

namespace headgate {

void OpenApiReader::read_components(const At& components, ContractDocument& document) {
    if (!keys(components, "components",
              {"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links",
               "pathItems"},
              {"callbacks"}))
        return;
    for (const auto& section : components.node->entries) {
        if (section.key.starts_with("x-") || !section.value.is_mapping()) continue;
        for (const auto& entry : section.value.entries)
            if (entry.key.empty() ||
                entry.key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") !=
                    std::string::npos)
                fault(entry, components, "'" + entry.key.substr(0, 100) + "' is no name of a component",
                      "letters, digits, '.', '_' and '-'");
    }
    using Entry = SourceNode::Entry;
    each(components, "schemas", [&](const Entry& entry, At at) { document.schemas[entry.key] = compile(at); });
    each(components, "parameters", [&](const Entry&, At at) {
        Parameter unused;
        read_parameter(at, unused);
    });
    each(components, "headers", [&](const Entry& entry, At at) { read_header(entry, at); });
    each(components, "responses", [&](const Entry&, At at) { read_response(at); });
    each(components, "requestBodies", [&](const Entry&, At at) {
        Operation unused;
        read_request_body(at, unused);
    });
    each(components, "examples", [&](const Entry&, At at) {
        if (At example = follow(at, "an example", "examples"); example.node) read_example(example);
    });
    each(components, "links", [&](const Entry&, At at) { read_link(at); });
    each(components, "pathItems", [&](const Entry&, At at) {
        std::vector<std::unique_ptr<Operation>> unused;
        read_path_item(at, unused, nullptr);
    });
}

}  // namespace headgate
