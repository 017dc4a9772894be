// Paths and their operations; parameters, bodies and responses are read beside.
#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/registry/openapi.hpp"
#include "contracts/registry/percent.hpp"
#include "contracts/registry/route_tree.hpp"

namespace headgate {
namespace {

const char* const methods[] = {"get", "put", "post", "delete", "patch", "head"};

bool is_identifier(std::string_view text) {
    for (char c : text)
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '-')) return false;
    return !text.empty();
}

bool is_authenticated(const std::vector<std::vector<Credential>>& security) {
    return !security.empty() && std::none_of(security.begin(), security.end(), [](auto& all) { return all.empty(); });
}

}  // namespace

void OpenApiReader::read_paths(const At& paths, ContractDocument& document) {
    if (!mapping(paths, "paths")) return;
    std::size_t before = told_.size();
    std::string prefix = document.contract ? document.contract->path_prefix() : "/";
    for (const auto& entry : paths.node->entries) {
        if (entry.key.starts_with("x-")) {
            extension(entry, paths, "paths");
            continue;
        }
        std::string path = document_.server_path + entry.key;
        if (!entry.key.starts_with('/'))
            fault(entry, paths, "the path '" + entry.key.substr(0, 100) + "' must begin with '/'");
        else if (!path.starts_with(prefix))
            fault(entry, paths, "the path '" + path.substr(0, 100) + "' must begin with " + prefix);
        std::vector<std::unique_ptr<Operation>> operations;
        read_path_item({&entry.value, paths.resource}, operations, document.contract.get());
        for (auto& operation : operations) {
            operation->path = path;
            check_path(*operation, entry, paths);
            if (!operation->id.empty() && !document_.operation_ids.insert(operation->id).second)
                tell(operation->mark, "the operationId '" + operation->id + "' is used twice", "", true);
            document.operations.push_back(std::move(operation));
        }
    }
    if (document.operations.empty() && told_.size() == before) fault(paths, "a contract must have an operation");
}

void OpenApiReader::read_path_item(At item, std::vector<std::unique_ptr<Operation>>& out, const Contract* contract) {
    item = follow(item, "a path", "pathItems");
    if (!item.node ||
        !keys(item, "a path", {"summary", "description", "parameters", "get", "put", "post", "delete", "patch", "head"},
              {"servers", "options", "trace"}))
        return;
    text(item, "summary", "a path");
    text(item, "description", "a path");
    std::vector<Parameter> shared;
    if (item.node->find("parameters")) read_parameters(here(item, "parameters"), shared);
    for (const char* method : methods) {
        if (!item.node->find(method)) continue;
        auto operation = read_operation(here(item, method), method, contract);
        if (!operation) continue;
        for (const auto& parameter : shared) {
            const Parameter* own = operation->parameter(parameter.name);
            if (!own)
                operation->parameters.push_back(parameter);
            else if (own->in != parameter.in)
                tell(own->mark, "the parameter '" + parameter.name + "' is one of the path already, in another place",
                     "a request message is one object", true);
        }
        out.push_back(std::move(operation));
    }
}

std::unique_ptr<Operation> OpenApiReader::read_operation(const At& at, std::string_view method,
                                                         const Contract* contract) {
    const char* what = "an operation";
    if (!keys(at, what,
              {"operationId", "tags", "summary", "description", "externalDocs", "parameters", "requestBody",
               "responses", "deprecated", "security", "x-lifecycle", "x-safe"},
              {"callbacks", "servers"}))
        return nullptr;
    auto operation = std::make_unique<Operation>();
    operation->mark = mark(at);
    operation->method = to_upper(method);
    operation->id = text(at, "operationId", what, true);
    operation->summary = text(at, "summary", what);
    text(at, "description", what);
    read_external_docs(at);
    if (contract) {
        operation->contract = contract->name;
        operation->name = contract->name + "/" + operation->id;
    }
    if (!operation->id.empty() && !is_identifier(operation->id))
        fault(here(at, "operationId"), "'" + operation->id.substr(0, 100) + "' is no identifier",
              "letters, digits, '_' and '-'");
    if (const SourceNode* tags = at.node->find("tags")) {
        if (!tags->is_sequence()) fault({tags, at.resource}, "tags must be a list");
        for (const auto& tag : tags->items) check_tag({&tag, at.resource});
    }
    if (at.node->find("parameters")) read_parameters(here(at, "parameters"), operation->parameters);
    if (const SourceNode* body = at.node->find("requestBody")) {
        if (method == "get" || method == "head" || method == "delete")
            fault({body, at.resource}, "a body of " + operation->method + " has no defined meaning",
                  "parameters, or POST with x-safe: true");
        read_request_body({body, at.resource}, *operation);
    }
    operation->security = at.node->find("security") ? read_security(here(at, "security")) : document_.security;
    operation->authenticated = is_authenticated(operation->security);
    if (at.node->find("responses"))
        read_responses(here(at, "responses"), *operation);
    else
        fault(at, "an operation must have 'responses'");
    if (at.node->find("x-lifecycle"))
        operation->lifecycle = read_lifecycle(at, operation->contract, operation->id);
    else if (contract)
        operation->lifecycle = contract->lifecycle;
    operation->deprecated = flag(at, "deprecated", false) || operation->lifecycle.state == Lifecycle::State::deprecated;
    bool reads = method == "get" || method == "head";
    operation->safe = flag(at, "x-safe", reads) || reads;
    return operation;
}

void OpenApiReader::check_tag(const At& tag) {
    if (!tag.node->is_scalar()) return fault(tag, "a tag of an operation must be text");
    if (document_.tags.empty() || document_.tags.contains(tag.node->text)) return;
    std::string near = nearest(tag.node->text, {document_.tags.begin(), document_.tags.end()});
    tell(mark(tag), "the document declares no tag '" + tag.node->text + "'",
         near.empty() ? "" : "did you mean '" + near + "'?", false);
}

void OpenApiReader::check_path(const Operation& operation, const SourceNode::Entry& path, const At& in) {
    std::set<std::string_view> named;
    bool plain = true;  // else what it names is not known
    auto segments = RouteTree::split(operation.path);
    for (std::string_view segment : segments) {
        std::string_view name = RouteTree::parameter_of(segment);
        if (name.empty()) {
            if (segment.empty() || segment == "." || segment == ".." ||
                segment.find_first_of("{}?#%") != std::string_view::npos) {
                plain = false;
                fault(path, in, "the path's segment '" + std::string(segment.substr(0, 100)) + "' is not supported",
                      "a segment is plain text or one {parameter}");
            } else if (std::string character = unfit_for_path(segment); !character.empty()) {
                fault(path, in, "the path holds " + character + ", which no path does unencoded", fit_for_path);
            }
            continue;
        }
        const Parameter* parameter = operation.parameter(name);
        if (!named.insert(name).second)
            fault(path, in, "'{" + std::string(name) + "}' is in the path twice");
        else if (!parameter || parameter->in != ParameterPlace::path)
            fault(path, in, "'{" + std::string(name) + "}' of the path must be one parameter with `in: path`");
    }
    if (segments.size() > RouteTree::most_segments)
        fault(path, in, "the path has more than " + std::to_string(RouteTree::most_segments) + " segments");
    for (const auto& parameter : operation.parameters)
        if (plain && parameter.in == ParameterPlace::path && !named.contains(parameter.name))
            fault(path, in, "the path has no '{" + parameter.name + "}'");
}

}  // namespace headgate
