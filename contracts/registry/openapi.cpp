// The document as a whole; what its parts say is read in the other openapi_*.cpp.
#include "contracts/registry/openapi.hpp"

#include "contracts/document/source_value.hpp"

namespace headgate {

ContractDocument OpenApiReader::read(const SourceFile& file, schema::ResourceId resource) {
    ContractDocument document;
    document_ = {};
    At root{&file.root(), resource};
    if (!keys(root, "the document",
              {"openapi", "info", "paths", "components", "security", "tags", "externalDocs", "jsonSchemaDialect",
               "servers"},
              {"webhooks"}))
        return document;
    std::string version = text(root, "openapi", "the document", true);
    if (!version.empty() && version != "3.1" && !version.starts_with("3.1.")) {
        fault(here(root, "openapi"), "OpenAPI " + version + " is not supported", "3.1 is");
        return document;  // nearly every key of another version would be a fault of its own
    }
    std::string dialect = text(root, "jsonSchemaDialect", "the document");
    if (!dialect.empty() && dialect != "https://spec.openapis.org/oas/3.1/dialect/base" &&
        dialect != "https://json-schema.org/draft/2020-12/schema")
        fault(here(root, "jsonSchemaDialect"), "the dialect '" + dialect + "' is not supported",
              "https://json-schema.org/draft/2020-12/schema is");
    read_servers(root);
    read_tags(root);
    read_external_docs(root);
    const SourceNode* info = root.node->find("info");
    const SourceNode* paths = root.node->find("paths");
    if (!info) {
        fault(root, "the document must have 'info'");
    } else if (keys({info, resource}, "info",
                    {"title", "summary", "description", "version", "termsOfService", "contact", "license", "x-contract",
                     "x-lifecycle"})) {
        read_about({info, resource});
        if (paths) read_info({info, resource}, document);
        if (!paths && info->find("x-contract"))
            fault(here({info, resource}, "x-contract"), "the contract has no 'paths'",
                  "a library of components has no x-contract");
    }
    if (root.node->find("components")) read_security_schemes(here(root, "components"));
    if (const SourceNode* requirements = root.node->find("security"))
        document_.security = read_security({requirements, resource});
    else if (paths)
        fault(root, "the document must have 'security'", "security: [] when everybody may call");
    if (root.node->find("components")) read_components(here(root, "components"), document);
    if (paths) read_paths({paths, resource}, document);
    if (!document.contract) document.operations.clear();
    return document;
}

void OpenApiReader::check_names(const Registry& registry) {
    check_successors(registry);
    for (const auto& link : links_) {
        const Operation* target = nullptr;
        std::vector<std::string_view> ids;
        const SourceFile* file = &compiler_.file_of(link.id.resource);
        bool library = true;
        for (const auto& contract : registry.contracts()) library = library && contract->file.get() != file;
        for (const auto& operation : registry.operations()) {
            if (!library && operation->of->file.get() != file) continue;
            ids.push_back(operation->id);
            if (operation->id == link.id.node->text) target = operation.get();
        }
        if (!target) {
            std::string near = nearest(link.id.node->text, ids);
            fault(link.id, "the link leads to '" + link.id.node->text + "', which is no operation",
                  near.empty() ? "" : "did you mean '" + near + "'?");
            continue;
        }
        std::vector<std::string_view> names;
        for (const auto& parameter : target->parameters) names.push_back(parameter.name);
        for (const auto* entry : link.parameters) {
            std::string_view name = entry->key;
            for (std::string_view place : {"path.", "query.", "header."})
                if (name.starts_with(place)) name.remove_prefix(place.size());
            if (target->parameter(name)) continue;
            std::string near = nearest(name, names);
            fault(*entry, link.id, target->name + " has no parameter '" + entry->key + "'",
                  near.empty() ? "" : "did you mean '" + near + "'?");
        }
    }
    links_.clear();
}

void OpenApiReader::check_values() {
    Arena arena;
    Builder builder(arena);
    for (const auto& [schema, value] : examples_) {
        std::vector<SchemaIssue> issues;
        if (!compiler_.sound(*schema)) continue;
        if (schema->validate(to_value(*value.node, builder), &issues, 3)) continue;
        for (const auto& issue : issues)
            fault(value, "the example breaks its schema at '" + issue.pointer + "': " + issue.message,
                  "schema: " + issue.schema.file + ":" + std::to_string(issue.schema.line));
    }
    examples_.clear();
    check_headers();
    check_discriminators();
    check_comparisons();
}

}  // namespace headgate
