// One path, its operations and their parameters; bodies and responses are read in openapi_message.cpp.
#include <algorithm>
#include <set>

#include "contracts/registry/openapi.hpp"
#include "contracts/registry/route_tree.hpp"

namespace headgate {
namespace {

const char* const methods[] = {"get", "put", "post", "delete", "patch", "head"};

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

bool is_token(std::string_view text) {
    for (char c : text)
        if (c <= ' ' || c >= 127 || std::string_view("()<>@,;:\\\"/[]?={}").find(c) != std::string_view::npos)
            return false;
    return !text.empty();
}

bool is_identifier(std::string_view text) {
    for (char c : text)
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == '-')) return false;
    return !text.empty();
}

}  // namespace

void OpenApiReader::read_path_item(const SourceNode::Entry& path, const At& in, ContractDocument& document,
                                   const std::vector<std::string>& security, bool authenticated) {
    At item{&path.value, in.resource};
    if (!keys(item, "a path", {"summary", "description", "parameters", "get", "put", "post", "delete", "patch", "head"},
              {"$ref", "servers", "options", "trace"}))
        return;
    std::vector<Parameter> shared;
    if (const SourceNode* list = item.node->find("parameters")) read_parameters({list, in.resource}, shared);
    for (const char* method : methods) {
        const SourceNode* node = item.node->find(method);
        if (!node) continue;
        auto operation = read_operation({node, in.resource}, security);
        if (!operation) continue;
        if (!node->find("security")) operation->authenticated = authenticated;
        for (const auto& parameter : shared)
            if (!operation->parameter(parameter.name)) operation->parameters.push_back(parameter);
        operation->contract = document.contract->name;
        operation->name = document.contract->name + "/" + operation->id;
        operation->method = upper(method);
        operation->path = path.key;
        operation->lifecycle =
            node->find("x-lifecycle") ? read_lifecycle({node, in.resource}) : document.contract->lifecycle;
        operation->deprecated = flag({node, in.resource}, "deprecated", false) ||
                                operation->lifecycle.state == Lifecycle::State::deprecated;
        operation->safe =
            operation->method == "GET" || operation->method == "HEAD" || flag({node, in.resource}, "x-safe", false);
        for (const auto& other : document.operations)
            if (other->id == operation->id)
                fault({node, in.resource}, "the operationId '" + operation->id + "' is used twice");
        check_path_parameters(*operation, path, in);
        document.operations.push_back(std::move(operation));
    }
}

void OpenApiReader::check_path_parameters(const Operation& operation, const SourceNode::Entry& path, const At& in) {
    std::set<std::string_view> named;
    for (std::string_view segment : RouteTree::split(path.key)) {
        std::string_view name = RouteTree::parameter_of(segment);
        if (name.empty()) {
            if (segment.empty() || segment.find_first_of("{}?#%") != std::string_view::npos)
                fault(path, in, "the path's segment '" + std::string(segment) + "' is not supported",
                      "a segment is plain text or one {parameter}");
            continue;
        }
        const Parameter* parameter = operation.parameter(name);
        if (!named.insert(name).second || !parameter || parameter->in != ParameterPlace::path)
            fault(path, in, "'{" + std::string(name) + "}' of the path must be one parameter with `in: path`");
    }
    for (const auto& parameter : operation.parameters)
        if (parameter.in == ParameterPlace::path && !named.contains(parameter.name))
            fault(path, in, "the path has no '{" + parameter.name + "}'");
}

std::unique_ptr<Operation> OpenApiReader::read_operation(const At& at, const std::vector<std::string>& security) {
    if (!keys(at, "an operation",
              {"operationId", "tags", "summary", "description", "externalDocs", "parameters", "requestBody",
               "responses", "deprecated", "security"},
              {"callbacks", "servers"}))
        return nullptr;
    auto operation = std::make_unique<Operation>();
    operation->mark = mark(at);
    operation->id = text(at, "operationId", "an operation", true);
    operation->summary = text(at, "summary", "an operation");
    if (!operation->id.empty() && !is_identifier(operation->id))
        fault({at.node->find("operationId"), at.resource}, "'" + operation->id + "' is no identifier");
    if (const SourceNode* list = at.node->find("parameters"))
        read_parameters({list, at.resource}, operation->parameters);
    if (const SourceNode* body = at.node->find("requestBody")) read_request_body({body, at.resource}, *operation);
    if (const SourceNode* requirements = at.node->find("security"))
        operation->authenticated = read_security({requirements, at.resource}, security);
    if (const SourceNode* responses = at.node->find("responses"))
        read_responses({responses, at.resource}, *operation);
    else
        fault(at, "an operation must have 'responses'");
    return operation;
}

void OpenApiReader::read_parameters(const At& list, std::vector<Parameter>& out) {
    if (!list.node->is_sequence()) return fault(list, "parameters must be a list");
    for (const auto& item : list.node->items) {
        Parameter parameter;
        if (!read_parameter({&item, list.resource}, parameter)) continue;
        // All parameters are members of one message.
        for (const auto& other : out)
            if (other.name == parameter.name)
                fault({&item, list.resource}, "the parameter '" + parameter.name + "' is there twice");
        out.push_back(std::move(parameter));
    }
}

bool OpenApiReader::read_parameter(At at, Parameter& out) {
    at = follow(at, "a parameter");
    if (!at.node || !keys(at, "a parameter",
                          {"name", "in", "description", "required", "deprecated", "style", "explode", "schema",
                           "example", "examples"},
                          {"content", "allowReserved", "allowEmptyValue"}))
        return false;
    out.name = text(at, "name", "a parameter", true);
    std::string in = text(at, "in", "a parameter", true);
    auto here = [&](const char* key) { return At{at.node->find(key) ? at.node->find(key) : at.node, at.resource}; };
    if (in == "path")
        out.in = ParameterPlace::path;
    else if (in == "query")
        out.in = ParameterPlace::query;
    else if (in == "header")
        out.in = ParameterPlace::header;
    else
        fault(here("in"), "parameters in '" + in + "' are not supported", "path, query and header are");
    if (out.in == ParameterPlace::header) {
        std::string name = upper(out.name);
        if (!is_token(out.name)) fault(here("name"), "'" + out.name + "' is no name of a header");
        if (name == "ACCEPT" || name == "CONTENT-TYPE" || name == "AUTHORIZATION")
            fault(here("name"), "the header " + out.name + " is no parameter: OpenAPI says it otherwise");
    }
    out.required = flag(at, "required", false);
    if (out.in == ParameterPlace::path && !out.required) fault(at, "a path parameter must have `required: true`");
    bool form = out.in == ParameterPlace::query;
    std::string style = text(at, "style", "a parameter");
    if (!style.empty() && style != (form ? "form" : "simple"))
        fault(here("style"), "the style '" + style + "' is not supported here", form ? "form is" : "simple is");
    out.explode = flag(at, "explode", form) && form;
    const SourceNode* schema = at.node->find("schema");
    if (!schema) {
        fault(at, "a parameter must have 'schema'");
        return false;
    }
    out.schema = compiler_.compile(*schema, at.resource);
    out.examples = read_examples(at, out.schema);
    return true;
}

Parameter OpenApiReader::read_header(const std::string& name, At at) {
    Parameter header;
    header.name = name;
    header.in = ParameterPlace::header;
    at = follow(at, "a header");
    if (!at.node ||
        !keys(at, "a header",
              {"description", "required", "deprecated", "style", "explode", "schema", "example", "examples"},
              {"content", "name", "in"}))
        return header;
    header.required = flag(at, "required", false);
    if (const SourceNode* schema = at.node->find("schema")) {
        header.schema = compiler_.compile(*schema, at.resource);
        header.examples = read_examples(at, header.schema);
    } else {
        fault(at, "a header must have 'schema'");
    }
    return header;
}

}  // namespace headgate
