#include "contracts/evolution/view_builder.hpp"

#include <unordered_set>

#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

// Names of places and vocabularies: what they lead to is judged where it is referred to.
bool is_address(std::string_view key) {
    return key == "$id" || key == "$anchor" || key == "$defs" || key == "definitions";
}

bool is_of_openapi_30(std::string_view key) {
    static const std::unordered_set<std::string_view> all = {"multipleOf",
                                                             "maximum",
                                                             "exclusiveMaximum",
                                                             "minimum",
                                                             "exclusiveMinimum",
                                                             "maxLength",
                                                             "minLength",
                                                             "pattern",
                                                             "maxItems",
                                                             "minItems",
                                                             "uniqueItems",
                                                             "maxProperties",
                                                             "minProperties",
                                                             "required",
                                                             "enum",
                                                             "type",
                                                             "allOf",
                                                             "oneOf",
                                                             "anyOf",
                                                             "not",
                                                             "items",
                                                             "properties",
                                                             "format",
                                                             "default",
                                                             "additionalProperties",
                                                             "nullable",
                                                             "readOnly",
                                                             "writeOnly",
                                                             "deprecated",
                                                             "discriminator",
                                                             "xml",
                                                             "$ref"};
    return all.contains(key);
}

}  // namespace

// Readers differ about such words, and another dialect gives them an effect: they are compared as they are written.
std::string_view ViewBuilder::void_reason(Place schema, std::string_view key, Place value) const {
    bool mark_on_bound = key.starts_with("exclusive") && (value.is_true() || value.is_false());
    if (files_.dialect(schema) == Dialect::openapi_31) {
        if (key == "nullable" || mark_on_bound) return " (without effect in OpenAPI 3.1)";
    } else if (key != "$ref") {
        if (schema.node->find("$ref")) return " (without effect beside $ref in OpenAPI 3.0)";
        if (!is_of_openapi_30(key) || (key.starts_with("exclusive") && !mark_on_bound))
            return " (without effect in OpenAPI 3.0)";
    }
    return {};
}

void ViewBuilder::add(Place schema) {
    if (schema.node->is_mapping()) {
        for (const auto& entry : schema.node->entries) {
            if (!budget_.spend()) return;
            keyword(schema, entry.key, files_.entry(schema, entry));
        }
    } else if (schema.is_false()) {
        view_.types = 0;
        view_.types_at = schema;
        fact("type", "nothing");
    } else if (!schema.is_true()) {
        view_.others["a schema that is none"].push_back(schema);
    }
}

void ViewBuilder::keyword(Place schema, std::string_view key, Place value) {
    if (is_annotation(key)) return;
    if (key.starts_with("x-")) {
        return say(view_.extensions[std::string(key)], key, value);
    }
    if (auto why = void_reason(schema, key, value); !why.empty()) {
        view_.says_more_than_variants = true;
        view_.others[std::string(key).append(why)].push_back(value);
        return;
    }
    if (is_address(key) || parts_.follow(*schema.node, key)) return;
    if (key == "discriminator" && value.node->is_mapping()) {
        files_.see_all(value);
        return say(view_.discriminators, key, value);
    }
    if (key == "default") {
        fact(key, canonical(*value.node));
        return say(view_.defaults, key, value);
    }
    if (read_flags(key, value) || read_variants(key, value)) return;
    view_.says_more_than_variants = true;
    if (read_values(schema, key, value) || read_numbers(schema, key, value) || read_objects(key, value)) return;
    view_.others[std::string(key)].push_back(value);
}

void ViewBuilder::say(std::vector<Place>& sayings, std::string_view key, Place value) {
    if (said_.insert(std::string(key) + '=' + canonical(*value.node)).second) sayings.push_back(value);
}

bool ViewBuilder::read_flags(std::string_view key, Place value) {
    Place* flag = key == "readOnly"     ? &view_.read_only
                  : key == "writeOnly"  ? &view_.write_only
                  : key == "deprecated" ? &view_.deprecated
                                        : nullptr;
    if (!flag || (!value.is_true() && !value.is_false())) return false;
    if (value.is_true()) *flag = value;
    return true;
}

bool ViewBuilder::read_variants(std::string_view key, Place value) {
    if ((key != "oneOf" && key != "anyOf") || !value.node->is_sequence() || value.node->items.empty()) return false;
    Variants variants{std::string(key), value, {}};
    for (std::size_t i = 0; i < value.node->items.size() && budget_.spend(); ++i)
        variants.list.push_back(files_.item(value, i));
    view_.variants.push_back(std::move(variants));
    return true;
}

bool ViewBuilder::read_objects(std::string_view key, Place value) {
    const SourceNode& node = *value.node;
    if (key == "properties") {
        if (!node.is_mapping()) return false;
        files_.see(value);
        for (const auto& entry : node.entries) {
            if (!budget_.spend()) break;
            view_.properties[entry.key].push_back(files_.entry(value, entry));
        }
        return true;
    }
    if (key == "required") {
        if (!node.is_sequence()) return false;
        for (std::size_t i = 0; i < node.items.size() && budget_.spend(); ++i) {
            if (!node.items[i].is_scalar()) return false;
            view_.required.emplace(node.items[i].text, files_.item(value, i));
        }
        return true;
    }
    if (key == "additionalProperties") {
        view_.names_all = view_.names_all || !value.is_false();
        if (value.is_true()) return true;
        if (value.is_false()) {
            view_.closed = true;
            view_.closed_at = value;
        }
        view_.additional.push_back(value);
        return true;
    }
    if (key == "unevaluatedProperties") return value.is_true() || value.is_false();  // judge_unnamed
    if (key == "items" && (node.is_mapping() || value.is_true() || value.is_false())) {
        view_.items.push_back(value);
        return true;
    }
    return false;
}

}  // namespace headgate::evolution
