#include "contracts/document/source_value.hpp"

#include "base/ascii.hpp"
#include "contracts/document/number.hpp"

namespace headgate {
namespace {

void append(const SourceNode& node, Builder& builder) {
    switch (node.kind) {
        case SourceKind::null: builder.null(); break;
        case SourceKind::scalar: {
            std::string_view text = builder.arena().copy(node.text);
            if (auto flag = boolean_of(node))
                builder.boolean(*flag);
            else if (!node.quoted && is_json_number(text))
                builder.number(text);
            else
                builder.string(text);
            break;
        }
        case SourceKind::sequence:
            builder.begin_array();
            for (const auto& item : node.items) append(item, builder);
            builder.end_array();
            break;
        case SourceKind::mapping:
            builder.begin_object();
            for (const auto& entry : node.entries) {
                builder.key(entry.key.empty() ? std::string_view("", 0) : builder.arena().copy(entry.key));
                append(entry.value, builder);
            }
            builder.end_object();
            break;
    }
}

}  // namespace

std::optional<bool> boolean_of(const SourceNode& node) {
    if (!node.is_scalar() || node.quoted) return std::nullopt;
    if (node.text == "true" || node.text == "True" || node.text == "TRUE") return true;
    if (node.text == "false" || node.text == "False" || node.text == "FALSE") return false;
    return std::nullopt;
}

std::string flag_hint(const SourceNode& node) {
    if (!node.is_scalar()) return {};
    if (node.quoted) return node.text == "true" || node.text == "false" ? "without quotes" : "";
    if (auto flag = boolean_of(node)) return *flag ? "write true" : "write false";
    const std::string word = to_lower(node.text);
    bool said = word == "yes" || word == "no" || word == "on" || word == "off" || word == "y" || word == "n";
    return said ? "'" + node.text + "' is text" : "";
}

Value to_value(const SourceNode& node, Builder& builder) {
    append(node, builder);
    return builder.take();
}

SourceNode to_source(const Value& value) {
    SourceNode node;
    switch (value.kind()) {
        case ValueKind::null: break;
        case ValueKind::boolean:
        case ValueKind::number:
        case ValueKind::string:
            node.kind = SourceKind::scalar;
            node.quoted = value.is_string();
            node.text = value.is_boolean() ? (value.as_boolean() ? "true" : "false") : std::string(value.text());
            break;
        case ValueKind::array:
            node.kind = SourceKind::sequence;
            for (const Value& item : value) node.items.push_back(to_source(item));
            break;
        case ValueKind::object:
            node.kind = SourceKind::mapping;
            for (const Member& member : value.members())
                node.entries.push_back({std::string(member.key), 0, 0, to_source(member.value)});
            break;
    }
    return node;
}

}  // namespace headgate
