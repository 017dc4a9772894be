// The document, its info, components, security and paths; operations are read in openapi_operation.cpp.
#include "contracts/registry/openapi.hpp"

#include <algorithm>
#include <filesystem>

#include "contracts/document/source_value.hpp"
#include "contracts/registry/route_tree.hpp"

namespace headgate {
namespace {

bool is_contract_name(std::string_view name) {
    auto dot = name.find(".v");
    if (dot == std::string_view::npos || dot == 0 || dot + 2 >= name.size() || name[dot + 2] == '0') return false;
    for (char c : name.substr(0, dot))
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    for (char c : name.substr(dot + 2))
        if (c < '0' || c > '9') return false;
    return true;
}

}  // namespace

void OpenApiReader::fault(const At& at, std::string message, std::string hint) {
    diagnostics_.error(mark(at), std::move(message), std::move(hint));
}

void OpenApiReader::fault(const SourceNode::Entry& entry, const At& in, std::string message, std::string hint) {
    diagnostics_.error(compiler_.file_of(in.resource).mark(entry), std::move(message), std::move(hint));
}

bool OpenApiReader::mapping(const At& at, const char* what) {
    if (at.node->is_mapping()) return true;
    fault(at, std::string(what) + " must be a mapping");
    return false;
}

bool OpenApiReader::keys(const At& at, const char* what, Names known, Names refused) {
    if (!mapping(at, what)) return false;
    for (const auto& entry : at.node->entries) {
        std::string_view key = entry.key;
        if (key.starts_with("x-") || std::find(known.begin(), known.end(), key) != known.end()) continue;
        if (std::find(refused.begin(), refused.end(), key) != refused.end()) {
            fault(entry, at, "'" + entry.key + "' of " + what + " is not supported");
            continue;
        }
        std::string near = nearest(key, known);
        fault(entry, at, "unknown key '" + entry.key + "' of " + what,
              near.empty() ? std::string() : "did you mean '" + near + "'?");
    }
    return true;
}

std::string OpenApiReader::text(const At& at, std::string_view key, const char* what, bool required) {
    const SourceNode* value = at.node->find(key);
    if (!value) {
        if (required) fault(at, std::string(what) + " must have '" + std::string(key) + "'");
        return {};
    }
    if (!value->is_scalar()) fault({value, at.resource}, "'" + std::string(key) + "' must be text");
    return value->text;
}

bool OpenApiReader::flag(const At& at, std::string_view key, bool otherwise) {
    const SourceNode* value = at.node->find(key);
    if (!value) return otherwise;
    if (value->is_scalar() && !value->quoted && (value->text == "true" || value->text == "false"))
        return value->text == "true";
    fault({value, at.resource}, "'" + std::string(key) + "' must be true or false");
    return otherwise;
}

OpenApiReader::At OpenApiReader::follow(At at, const char* what) {
    constexpr int most = 8;  // a reference to a reference to ...
    for (int i = 0; i < most; ++i) {
        const SourceNode* reference = at.node->is_mapping() ? at.node->find("$ref") : nullptr;
        if (!reference) return at;
        keys(at, "a reference", {"$ref", "summary", "description"});
        std::string why;
        auto place =
            reference->is_scalar() ? compiler_.resolve(reference->text, at.resource, why) : schema::References::Place{};
        if (!place.node) {
            fault({reference, at.resource}, std::string(what) + " $ref '" + reference->text + "' leads nowhere" +
                                                (why.empty() ? "" : ": " + why));
            return {nullptr, at.resource};
        }
        at = {place.node, place.resource};
    }
    fault(at, "a chain of references is longer than " + std::to_string(most));
    return {nullptr, at.resource};
}

ContractDocument OpenApiReader::read(const SourceFile& file, schema::ResourceId resource) {
    ContractDocument document;
    At root{&file.root(), resource};
    if (!keys(root, "the document",
              {"openapi", "info", "paths", "components", "security", "tags", "externalDocs", "jsonSchemaDialect"},
              {"servers", "webhooks"}))
        return document;
    std::string version = text(root, "openapi", "the document", true);
    if (!version.empty() && version != "3.1" && !version.starts_with("3.1."))
        fault({root.node->find("openapi"), resource}, "OpenAPI " + version + " is not supported", "3.1 is");
    if (const SourceNode* dialect = root.node->find("jsonSchemaDialect");
        dialect && dialect->text != "https://spec.openapis.org/oas/3.1/dialect/base" &&
        dialect->text != "https://json-schema.org/draft/2020-12/schema")
        fault({dialect, resource}, "the dialect '" + dialect->text + "' is not supported");
    const SourceNode* info = root.node->find("info");
    if (!info) fault(root, "the document must have 'info'");
    const SourceNode* paths = root.node->find("paths");
    if (info) {
        keys({info, resource}, "info",
             {"title", "summary", "description", "version", "termsOfService", "contact", "license"});
        text({info, resource}, "title", "info", true);
        text({info, resource}, "version", "info", true);
        if (paths) read_info({info, resource}, document);
    }
    std::vector<std::string> security;
    if (const SourceNode* components = root.node->find("components"))
        read_components({components, resource}, document, security);
    bool authenticated = true;
    if (const SourceNode* requirements = root.node->find("security"))
        authenticated = read_security({requirements, resource}, security);
    else if (paths)
        fault(root, "the document must have 'security'", "security: [] when everybody may call");
    if (paths && document.contract) read_paths({paths, resource}, document, security, authenticated);
    return document;
}

void OpenApiReader::read_info(const At& info, ContractDocument& document) {
    std::string name = text(info, "x-contract", "info of a contract", true);
    if (name.empty()) return;
    At at{info.node->find("x-contract"), info.resource};
    if (!is_contract_name(name)) return fault(at, "'" + name + "' is no name of a contract", "name.v1");
    std::string stem = std::filesystem::path(compiler_.file_of(info.resource).path).stem().string();
    if (stem != name) fault(at, "the file of " + name + " must be named " + name + ".yaml, not " + stem);
    std::string version = text(info, "version", "info");
    std::string major = name.substr(name.rfind('.') + 2);
    if (version != major && !version.starts_with(major + "."))
        fault({info.node->find("version") ? info.node->find("version") : info.node, info.resource},
              "the version of " + name + " must begin with " + major + ", not " + version);
    document.contract = std::make_unique<Contract>();
    document.contract->name = std::move(name);
    document.contract->version = std::move(version);
    document.contract->title = text(info, "title", "info");
    document.contract->summary = text(info, "summary", "info");
    document.contract->description = text(info, "description", "info");
    document.contract->lifecycle = read_lifecycle(info);
}

void OpenApiReader::read_security_schemes(const At& schemes, std::vector<std::string>& names) {
    if (!mapping(schemes, "securitySchemes")) return;
    for (const auto& entry : schemes.node->entries) {
        At scheme = follow({&entry.value, schemes.resource}, "a security scheme");
        if (!scheme.node || !keys(scheme, "a security scheme", {"type", "scheme", "description", "bearerFormat"},
                                  {"name", "in", "flows", "openIdConnectUrl"}))
            continue;
        if (text(scheme, "type", "a security scheme", true) != "http" || text(scheme, "scheme", "it", true) != "bearer")
            fault(scheme, "the security scheme '" + entry.key + "' is not supported", "type: http, scheme: bearer is");
        names.push_back(entry.key);
    }
}

bool OpenApiReader::read_security(const At& requirements, const std::vector<std::string>& names) {
    if (!requirements.node->is_sequence()) {
        fault(requirements, "security must be a list");
        return true;
    }
    for (const auto& requirement : requirements.node->items) {
        if (!mapping({&requirement, requirements.resource}, "a security requirement")) continue;
        if (requirement.entries.size() != 1)
            fault({&requirement, requirements.resource}, "a security requirement must name one scheme");
        for (const auto& entry : requirement.entries) {
            if (std::find(names.begin(), names.end(), entry.key) == names.end())
                fault(entry, requirements, "there is no security scheme '" + entry.key + "'");
            if (!entry.value.is_sequence() || !entry.value.items.empty())
                fault({&entry.value, requirements.resource}, "scopes are not supported", "write []");
        }
    }
    return !requirements.node->items.empty();
}

void OpenApiReader::read_components(const At& components, ContractDocument& document,
                                    std::vector<std::string>& security) {
    keys(components, "components",
         {"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes"},
         {"links", "callbacks", "pathItems"});
    auto each = [&](std::string_view section, auto&& read) {
        const SourceNode* node = components.node->is_mapping() ? components.node->find(section) : nullptr;
        if (!node || !mapping({node, components.resource}, std::string(section).c_str())) return;
        for (const auto& entry : node->entries) read(entry, At{&entry.value, components.resource});
    };
    each("schemas",
         [&](const auto& entry, At at) { document.schemas[entry.key] = compiler_.compile(*at.node, at.resource); });
    if (const SourceNode* schemes = components.node->find("securitySchemes"))
        read_security_schemes({schemes, components.resource}, security);
    // What nothing refers to is checked all the same.
    each("parameters", [&](const auto&, At at) {
        Parameter unused;
        read_parameter(at, unused);
    });
    each("headers", [&](const auto& entry, At at) { read_header(entry.key, at); });
    each("responses", [&](const auto&, At at) { read_response(at); });
    each("requestBodies", [&](const auto&, At at) {
        Operation unused;
        read_request_body(at, unused);
    });
    each("examples", [&](const auto&, At at) {
        if (At example = follow(at, "an example"); example.node)
            keys(example, "an example", {"summary", "description", "value"}, {"externalValue"});
    });
}

void OpenApiReader::read_paths(const At& paths, ContractDocument& document, const std::vector<std::string>& security,
                               bool authenticated) {
    if (!mapping(paths, "paths")) return;
    std::string prefix = document.contract->path_prefix();
    for (const auto& entry : paths.node->entries) {
        if (entry.key.starts_with("x-")) continue;
        if (!entry.key.starts_with(prefix))
            fault(entry, paths, "the path '" + entry.key + "' must begin with " + prefix);
        else
            read_path_item(entry, paths, document, security, authenticated);
    }
    if (document.operations.empty() && !diagnostics_.has_errors()) fault(paths, "a contract must have an operation");
}

void OpenApiReader::check_examples() {
    Arena arena;
    Builder builder(arena);
    for (const auto& [schema, value, file] : examples_) {
        std::vector<SchemaIssue> issues;
        if (schema->validate(to_value(*value, builder), &issues, 3)) continue;
        for (const auto& issue : issues)
            diagnostics_.error(file->mark(*value),
                               "the example breaks its schema at '" + issue.pointer + "': " + issue.message,
                               "schema: " + issue.schema.file + ":" + std::to_string(issue.schema.line));
    }
    examples_.clear();
}

}  // namespace headgate
