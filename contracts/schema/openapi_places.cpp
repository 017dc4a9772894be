#include "contracts/schema/openapi_places.hpp"

#include <algorithm>

#include "contracts/schema/keywords.hpp"

namespace headgate::schema {
namespace {

constexpr std::string_view document = "an OpenAPI document", schema = "a schema", path = "a path",
                           operation = "an operation", parameter = "a parameter", header = "a header",
                           media_type = "a media type", response = "a response", request_body = "a request body",
                           example = "an example", link = "a link";

// Where a key of an object leads; `many`: the objects lie in a mapping or list under it.
struct Step {
    std::string_view from, key, to;
    bool many = false;
};
constexpr Step steps[] = {
    {document, "info", "info"},
    {document, "servers", "a server", true},
    {document, "paths", path, true},
    {document, "components", "components"},
    {document, "security", "a security requirement", true},
    {document, "tags", "a tag", true},
    {document, "externalDocs", "externalDocs"},
    {"components", "schemas", schema, true},
    {"components", "responses", response, true},
    {"components", "parameters", parameter, true},
    {"components", "examples", example, true},
    {"components", "requestBodies", request_body, true},
    {"components", "headers", header, true},
    {"components", "securitySchemes", "a security scheme", true},
    {"components", "links", link, true},
    {"components", "pathItems", path, true},
    {path, "parameters", parameter, true},
    {path, "get", operation},
    {path, "put", operation},
    {path, "post", operation},
    {path, "delete", operation},
    {path, "patch", operation},
    {path, "head", operation},
    {operation, "parameters", parameter, true},
    {operation, "requestBody", request_body},
    {operation, "responses", response, true},
    {parameter, "schema", schema},
    {parameter, "content", media_type, true},
    {parameter, "examples", example, true},
    {header, "schema", schema},
    {header, "content", media_type, true},
    {header, "examples", example, true},
    {request_body, "content", media_type, true},
    {response, "headers", header, true},
    {response, "content", media_type, true},
    {response, "links", link, true},
    {media_type, "schema", schema},
    {media_type, "examples", example, true},
};

// Nothing is known of a place where `to` is empty.
Step step_of(std::string_view from, std::string_view key) {
    if (from == schema) {
        switch (kind_of(key)) {
            case KeywordKind::schema: return {from, key, schema};
            case KeywordKind::schema_list:
            case KeywordKind::schema_map: return {from, key, schema, true};
            default: return {};
        }
    }
    auto found = std::find_if(std::begin(steps), std::end(steps),
                              [&](const Step& step) { return step.from == from && step.key == key; });
    return found == std::end(steps) ? Step{} : *found;
}

std::string no_schema(const SourceNode& value) {
    if (value.is_sequence()) return "a list";
    bool flag = value.is_scalar() && !value.quoted && (value.text == "true" || value.text == "false");
    return value.is_mapping() || flag ? "" : "a single value";
}

}  // namespace

std::string no_schema_at(const SourceNode& root, std::string_view pointer, const SourceNode& target) {
    if (!root.find("openapi")) return no_schema(target);
    Step at{{}, {}, document};
    bool among = false;  // at the mapping or list that holds many
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        std::string_view key = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(key.size());
        if (std::exchange(among, false)) continue;  // by its name or position
        at = step_of(at.to, key);
        if (at.to.empty()) return no_schema(target);
        among = at.many;
    }
    if (among) return "the whole of '" + std::string(at.key) + "'";
    return at.to == schema ? std::string() : std::string(at.to);
}

}  // namespace headgate::schema
