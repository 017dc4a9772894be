#include "contracts/schema/keywords.hpp"

#include <unordered_map>

namespace headgate::schema {
namespace {

const std::unordered_map<std::string_view, KeywordKind>& table() {
    using enum KeywordKind;
    static const std::unordered_map<std::string_view, KeywordKind> all = {
        {"$id", identity},
        {"$ref", identity},
        {"$anchor", identity},
        {"$dynamicRef", identity},
        {"$dynamicAnchor", identity},
        {"$schema", identity},
        {"$vocabulary", annotation},
        {"$comment", annotation},
        {"$defs", schema_map},
        {"type", value},
        {"enum", value},
        {"const", value},
        {"multipleOf", value},
        {"minimum", value},
        {"maximum", value},
        {"exclusiveMinimum", value},
        {"exclusiveMaximum", value},
        {"minLength", value},
        {"maxLength", value},
        {"pattern", value},
        {"format", value},
        {"items", schema},
        {"prefixItems", schema_list},
        {"contains", schema},
        {"minContains", value},
        {"maxContains", value},
        {"minItems", value},
        {"maxItems", value},
        {"uniqueItems", value},
        {"unevaluatedItems", schema},
        {"properties", schema_map},
        {"patternProperties", schema_map},
        {"additionalProperties", schema},
        {"propertyNames", schema},
        {"required", value},
        {"minProperties", value},
        {"maxProperties", value},
        {"dependentRequired", value},
        {"dependentSchemas", schema_map},
        {"unevaluatedProperties", schema},
        {"allOf", schema_list},
        {"anyOf", schema_list},
        {"oneOf", schema_list},
        {"not", schema},
        {"if", schema},
        {"then", schema},
        {"else", schema},
        {"title", annotation},
        {"description", annotation},
        {"default", annotation},
        {"deprecated", annotation},
        {"readOnly", annotation},
        {"writeOnly", annotation},
        {"examples", annotation},
        {"example", annotation},
        {"contentEncoding", annotation},
        {"contentMediaType", annotation},
        {"contentSchema", schema},
        {"discriminator", annotation},
        {"externalDocs", annotation},
        {"xml", annotation},
    };
    return all;
}

}  // namespace

KeywordKind kind_of(std::string_view keyword) {
    if (keyword.starts_with("x-")) return KeywordKind::annotation;
    auto found = table().find(keyword);
    return found == table().end() ? KeywordKind::unknown : found->second;
}

const std::vector<std::string_view>& keyword_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> list;
        for (const auto& [keyword, kind] : table()) list.push_back(keyword);
        return list;
    }();
    return names;
}

std::string_view hint_for(std::string_view keyword) {
    if (keyword == "nullable") return "OpenAPI 3.1 writes type: [string, \"null\"]";
    if (keyword == "definitions") return "2020-12 calls it $defs";
    if (keyword == "dependencies") return "2020-12 has dependentRequired and dependentSchemas";
    if (keyword == "additionalItems") return "2020-12 has prefixItems and items";
    if (keyword == "id") return "2020-12 calls it $id";
    return {};
}

}  // namespace headgate::schema
