// Schemas of legacy messages: names kept, types translated, bounds taken over.
#include "mappings/draft/schema_draft.hpp"

#include <algorithm>
#include <cctype>

#include "base/ascii.hpp"
#include "mappings/draft/contract_draft.hpp"
#include "mappings/draft/names.hpp"

namespace headgate::mappings {

namespace {

bool is_path_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

std::string power_of_ten(int exponent) { return "1" + std::string(static_cast<std::size_t>(exponent), '0'); }

// What people call an element of a guide, as a member: 'depositor order number'.
std::string camel_case(std::string_view about) {
    std::string out;
    bool next = false;
    for (char c : about) {
        bool letter = std::isalnum(static_cast<unsigned char>(c));
        if (letter) out += next && !out.empty() ? to_upper(c) : c;
        next = !letter;
    }
    return out;
}

// A single value. Bounds that the legacy field has, so that what can't be told is refused at the door.
SourceNode value_schema(const LegacyNode& node) {
    SourceNode out;
    auto say = [&](const char* key, SourceNode value) { member(out, key, std::move(value)); };
    switch (node.type) {
        case LegacyType::integer:
            say("type", text_node("integer"));
            if (node.length > 0 && node.length <= 18) {
                auto most = std::string(static_cast<std::size_t>(node.length), '9');
                say("minimum", word_node("-" + most));
                say("maximum", word_node(most));
            }
            break;
        case LegacyType::decimal:
            say("type", text_node("number"));
            if (node.fraction > 0) say("multipleOf", word_node("0." + power_of_ten(node.fraction - 1).substr(1) + "1"));
            if (node.length > 0 && node.length <= 18) {
                auto most = std::string(static_cast<std::size_t>(node.length), '9');
                auto whole = most.size() - static_cast<std::size_t>(std::min(node.fraction, node.length));
                if (node.fraction > 0) most.insert(whole, whole == 0 ? "0." : ".");
                say("minimum", word_node("-" + most));
                say("maximum", word_node(most));
            }
            break;
        case LegacyType::boolean: say("type", text_node("boolean")); break;
        case LegacyType::date:
        case LegacyType::datetime:
            say("type", text_node("string"));
            say("format", text_node(node.type == LegacyType::date ? "date" : "date-time"));
            break;
        case LegacyType::any: break;
        default:
            say("type", text_node("string"));
            if (node.length > 0 && node.codes.empty()) say("maxLength", word_node(std::to_string(node.length)));
    }
    bool whole = node.type == LegacyType::integer;
    if (!node.codes.empty() && (whole || node.type == LegacyType::text)) {
        SourceNode words = list_node();
        for (const auto& code : node.codes) words.items.push_back(whole ? word_node(code) : text_node(code));
        say("enum", std::move(words));
    }
    out.kind = SourceKind::mapping;
    return out;
}

SourceNode object_schema(const LegacyNode& node) {
    SourceNode properties, required = list_node();
    properties.kind = SourceKind::mapping;
    for (const auto& child : node.children) {
        if (child.by_format) continue;
        auto name = contract_member_of(child.about.empty() ? child.name : camel_case(child.about));
        if (child.name.ends_with(']')) name.pop_back();  // N1_01_ST of N1[01=ST]
        // Beside an element of its name.
        if (child.name.starts_with('@') && node.child(child.name.substr(1))) name += "Attribute";
        while (properties.find(name)) name += "_";
        // A nil is read as absent.
        if (!child.optional && !child.nillable) required.items.push_back(text_node(name));
        SourceNode schema = schema_of(child);
        if (child.repeated) {
            SourceNode list = object_node({{"type", text_node("array")}});
            if (!child.optional) member(list, "minItems", word_node("1"));
            member(list, "items", std::move(schema));
            schema = std::move(list);
        }
        member(properties, name, std::move(schema));
    }
    SourceNode out = object_node({{"type", text_node("object")}, {"additionalProperties", word_node("false")}});
    if (!required.items.empty()) member(out, "required", std::move(required));
    member(out, "properties", std::move(properties));
    return out;
}

}  // namespace

SourceNode schema_of(const LegacyNode& node) {
    return node.type == LegacyType::group ? object_schema(node) : value_schema(node);
}

SourceNode problem_schema() {
    auto text = [] { return object_node({{"type", text_node("string")}}); };
    SourceNode error = object_node({{"type", text_node("object")},
                                    {"required", list_node({text_node("pointer"), text_node("detail")})},
                                    {"properties", object_node({{"pointer", text()}, {"detail", text()}})}});
    return object_node(
        {{"type", text_node("object")},
         {"description", text_node("A problem document (RFC 9457).")},
         {"required", list_node({text_node("type"), text_node("title"), text_node("status"), text_node("traceId")})},
         {"properties",
          object_node({{"type", text()},
                       {"title", text()},
                       {"status", object_node({{"type", text_node("integer")}})},
                       {"detail", text()},
                       {"traceId", text()},
                       {"errors", object_node({{"type", text_node("array")}, {"items", std::move(error)}})}})}});
}

std::string contract_member_of(std::string_view legacy_name) {
    if (legacy_name == "#text") return "value";
    if (legacy_name.starts_with('@')) legacy_name.remove_prefix(1);
    auto out = without_umlauts(legacy_name);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return !is_path_letter(c); }, '_');
    return out.empty() ? "value" : out;
}

}  // namespace headgate::mappings
