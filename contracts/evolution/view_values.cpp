// Keywords that judge by plain values: types, enumerations, bounds, patterns, formats.
#include <array>

#include "contracts/document/number.hpp"
#include "contracts/evolution/meaning.hpp"
#include "contracts/evolution/view_builder.hpp"

namespace headgate::evolution {
namespace {

Types type_of(const SourceNode& word) {
    static const std::map<std::string_view, Types> words = {{"null", types::null},
                                                            {"boolean", types::boolean},
                                                            {"integer", types::integer},
                                                            {"string", types::string},
                                                            {"array", types::array},
                                                            {"object", types::object},
                                                            {"number", types::integer | types::fraction}};
    if (word.kind == SourceKind::null) return types::null;  // an unquoted `null` in YAML
    auto found = words.find(word.text);
    return word.is_scalar() && found != words.end() ? found->second : Types{0};
}

bool is_number(const SourceNode& value) { return value.is_scalar() && !value.quoted && is_json_number(value.text); }

bool is_count(const SourceNode& value) {
    return is_number(value) && Decimal(value.text).is_integer() && !Decimal(value.text).negative();
}

}  // namespace

bool ViewBuilder::read_type(Place schema, Place value) {
    Types set = 0;
    if (value.node->is_sequence()) {
        for (const auto& word : value.node->items) {
            Types one = type_of(word);
            if (one == 0) return false;
            set |= one;
        }
    } else {
        set = type_of(*value.node);
    }
    if (set == 0) return false;
    if (files_.dialect(schema) == Dialect::openapi_30 && files_.child(schema, "nullable").is_true()) set |= types::null;
    view_.types &= set;
    view_.types_at = value;
    fact("type", types::text(set));
    return true;
}

bool ViewBuilder::read_values(Place schema, std::string_view key, Place value) {
    const SourceNode& node = *value.node;
    if (key == "type") return read_type(schema, value);
    if (key == "nullable") {
        if (!value.is_true() && !value.is_false()) return false;
        if (value.is_true() && !files_.child(schema, "type")) null_beside_ = true;
        return true;
    }
    if (key == "const") {
        narrow({{canonical(node), value}}, value);
        return true;
    }
    if (key == "enum") {
        if (!node.is_sequence()) return false;
        std::map<std::string, Place> values;
        for (std::size_t i = 0; i < node.items.size() && budget_.spend(); ++i)
            values.emplace(canonical(node.items[i]), files_.item(value, i));
        narrow(std::move(values), value);
        return true;
    }
    if (key == "pattern" || key == "format") {
        if (!node.is_scalar()) return false;
        (key == "pattern" ? view_.patterns : view_.formats).emplace(node.text, value);
        return true;
    }
    if (key == "uniqueItems") {
        if (!value.is_true() && !value.is_false()) return false;
        if (value.is_true()) view_.unique = value;
        return true;
    }
    return false;
}

void ViewBuilder::narrow(std::map<std::string, Place> values, Place at) {
    for (const auto& [text, place] : values) fact("enum", text);
    if (view_.values)
        std::erase_if(*view_.values, [&](const auto& one) { return !values.contains(one.first); });
    else
        view_.values = std::move(values);
    view_.values_at = at;
}

bool ViewBuilder::read_numbers(Place schema, std::string_view key, Place value) {
    static const std::array<std::string_view, 6> counts = {"minLength", "maxLength",     "minItems",
                                                           "maxItems",  "minProperties", "maxProperties"};
    const SourceNode& node = *value.node;
    if (std::find(counts.begin(), counts.end(), key) != counts.end()) {
        if (!is_count(node)) return false;
        limit(key, value);
        return true;
    }
    bool lower = key == "minimum" || key == "exclusiveMinimum", upper = key == "maximum" || key == "exclusiveMaximum";
    if (lower || upper) {
        bool exclusive = key.starts_with("exclusive");
        Place beside = files_.child(schema, lower ? "exclusiveMinimum" : "exclusiveMaximum");
        if (exclusive && (value.is_true() || value.is_false()))  // OpenAPI 3.0: a mark on the bound beside it
            return files_.child(schema, lower ? "minimum" : "maximum") || value.is_false();
        if (!is_number(node)) return false;
        bound(lower, exclusive || (files_.dialect(schema) == Dialect::openapi_30 && beside.is_true()), value);
        return true;
    }
    if (key == "multipleOf") {
        if (!is_number(node) || Decimal(node.text).is_zero() || Decimal(node.text).negative()) return false;
        view_.multiples.emplace(canonical_number(node.text), value);
        fact(key, canonical_number(node.text));
        return true;
    }
    return false;
}

void ViewBuilder::bound(bool lower, bool exclusive, Place number) {
    fact(std::string(lower ? "lower" : "upper") + (exclusive ? " exclusive" : ""), canonical_number(number.text()));
    auto& held = lower ? view_.lower : view_.upper;
    Bound next{std::string(number.text()), exclusive, number};
    if (held) {
        auto order = Decimal(next.number) <=> Decimal(held->number);
        bool stricter = order == 0 ? exclusive && !held->exclusive : lower ? order > 0 : order < 0;
        if (!stricter) return;
    }
    held = std::move(next);
}

void ViewBuilder::limit(std::string_view key, Place value) {
    bool least = key.starts_with("min");
    if (least && Decimal(value.text()).is_zero()) return;  // says nothing
    fact(key, canonical_number(value.text()));
    auto [held, added] = view_.limits.emplace(key, value);
    if (added) return;
    auto order = Decimal(value.text()) <=> Decimal(held->second.text());
    if (least ? order > 0 : order < 0) held->second = value;
}

}  // namespace headgate::evolution
