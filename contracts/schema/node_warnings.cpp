// What a schema says to no effect: legal, and hardly what its author meant. (An `if` alone still evaluates members for
// an `unevaluated...` around it; `then: true` says that this is meant.)
#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/schema/node_compiler.hpp"
#include "contracts/schema/validate_text.hpp"

namespace headgate::schema {
namespace {

constexpr TypeMask of_numbers = bit(ValueKind::number) | integer_bit, of_strings = bit(ValueKind::string),
                   of_arrays = bit(ValueKind::array), of_objects = bit(ValueKind::object);

// The kinds of value that a keyword judges; 0: any.
TypeMask kinds_of(const SourceNode::Entry& entry) {
    static const std::unordered_map<std::string_view, TypeMask> all = {
        {"multipleOf", of_numbers},
        {"minimum", of_numbers},
        {"maximum", of_numbers},
        {"exclusiveMinimum", of_numbers},
        {"exclusiveMaximum", of_numbers},
        {"minLength", of_strings},
        {"maxLength", of_strings},
        {"pattern", of_strings},
        {"contentEncoding", of_strings},
        {"contentMediaType", of_strings},
        {"contentSchema", of_strings},
        {"items", of_arrays},
        {"prefixItems", of_arrays},
        {"contains", of_arrays},
        {"minContains", of_arrays},
        {"maxContains", of_arrays},
        {"minItems", of_arrays},
        {"maxItems", of_arrays},
        {"uniqueItems", of_arrays},
        {"unevaluatedItems", of_arrays},
        {"properties", of_objects},
        {"patternProperties", of_objects},
        {"additionalProperties", of_objects},
        {"propertyNames", of_objects},
        {"required", of_objects},
        {"minProperties", of_objects},
        {"maxProperties", of_objects},
        {"dependentRequired", of_objects},
        {"dependentSchemas", of_objects},
        {"unevaluatedProperties", of_objects},
    };
    // Every format that is known is one of strings.
    if (entry.key == "format") return format_of(entry.value.text) == Format::none ? TypeMask(0) : of_strings;
    auto found = all.find(entry.key);
    return found == all.end() ? TypeMask(0) : found->second;
}

const char* words_of(TypeMask kinds) {
    return kinds == of_numbers   ? "it is about numbers"
           : kinds == of_strings ? "it is about strings"
           : kinds == of_arrays  ? "it is about arrays"
                                 : "it is about objects";
}

// The keywords without one of which another says nothing; empty: it stands alone.
std::vector<const char*> needed_by(std::string_view keyword) {
    if (keyword == "if") return {"then", "else"};
    if (keyword == "then" || keyword == "else") return {"if"};
    if (keyword == "minContains" || keyword == "maxContains") return {"contains"};
    return {};
}

bool is_of(TypeMask types, const Value& value) {
    if (types & bit(value.kind())) return true;
    return value.is_number() && (types & integer_bit) && Decimal(value.text()).is_integer();
}

// Positions of values that stood there before.
std::vector<std::uint32_t> repeated(const Choice& choice) {
    std::vector<std::uint32_t> out;
    if (choice.by_hash.empty()) {
        for (std::uint32_t i = 0; i < choice.values.size(); ++i)
            if (std::any_of(choice.values.begin(), choice.values.begin() + i,
                            [&](const Value& earlier) { return equal(earlier, choice.values[i]); }))
                out.push_back(i);
        return out;
    }
    for (std::size_t i = 1; i < choice.by_hash.size(); ++i) {
        auto [hash, position] = choice.by_hash[i];
        for (std::size_t j = i; j-- > 0 && choice.by_hash[j].first == hash;)
            if (equal(choice.values[choice.by_hash[j].second], choice.values[position])) {
                out.push_back(position);
                break;
            }
    }
    return out;
}

}  // namespace

void NodeCompiler::warn_of_no_effect(Vocabularies used) {
    bool typed = source_.find("type") && understands(used, "type") && node_.types != 0;
    for (const Entry& entry : source_.entries) {
        if (!understands(used, entry.key)) continue;
        TypeMask kinds = typed ? kinds_of(entry) : TypeMask(0);
        if (kinds != 0 && (kinds & node_.types) == 0)
            compiler_.diagnostics_.warning(file_.mark(entry),
                                           "'" + entry.key + "' says nothing of what " + text::of_types(node_.types),
                                           words_of(kinds));
        auto needed = needed_by(entry.key);
        if (needed.empty() || std::any_of(needed.begin(), needed.end(), [&](auto key) { return source_.find(key); }))
            continue;
        std::string all;
        for (const char* key : needed) all += (all.empty() ? "'" : " or '") + std::string(key) + "'";
        compiler_.diagnostics_.warning(file_.mark(entry), "'" + entry.key + "' judges nothing without " + all);
    }
    if (node_.choice) {
        const auto& items = source_.find("enum")->items;
        for (std::uint32_t position : repeated(*node_.choice))
            compiler_.diagnostics_.warning(file_.mark(items[position]), "the value is in enum twice",
                                           "remove one of the two");
        for (std::size_t i = 0; typed && i < items.size(); ++i) warn_of_kind(items[i], node_.choice->values[i]);
    }
    if (typed && node_.constant) warn_of_kind(*source_.find("const"), node_.constant->values.front());
}

// Of a value that `type` never lets through.
void NodeCompiler::warn_of_kind(const SourceNode& at, const Value& value) {
    if (is_of(node_.types, value)) return;
    bool quotes = (node_.types & of_strings) && at.is_scalar() && !at.quoted;
    compiler_.diagnostics_.warning(file_.mark(at), "the value is never allowed: it " + text::of_types(node_.types),
                                   quotes                        ? "put it in quotes"
                                   : at.kind == SourceKind::null ? "add \"null\" to type"
                                                                 : "");
}

}  // namespace headgate::schema
