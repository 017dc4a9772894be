#include <algorithm>

#include "contracts/schema/keywords.hpp"
#include "tests/unit/contracts/catalog_rules.hpp"

namespace headgate::test {
namespace {

bool has(const SourceNode& schema, std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return schema.find(key); });
}

bool is_type(const SourceNode& schema, std::string_view type) {
    const SourceNode* said = schema.find("type");
    if (!said) return false;
    auto same = [&](const SourceNode& node) { return node.text == type; };
    return said->is_sequence() ? std::any_of(said->items.begin(), said->items.end(), same) : same(*said);
}

// Anchored on both sides and without `*`, `+` and `{3,}`. What a class of characters holds is no repetition.
bool ends(std::string_view pattern) {
    if (!pattern.starts_with('^') || !pattern.ends_with('$')) return false;
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == '[' || pattern[i] == ']')
            in_class = pattern[i] == '[';
        else if (!in_class && (pattern[i] == '*' || pattern[i] == '+' || pattern.substr(i).starts_with(",}")))
            return false;
    }
    return true;
}

bool bounded(const SourceNode& schema) {
    if (has(schema, {"maxLength", "enum", "const"})) return true;
    const SourceNode* format = schema.find("format");
    if (format && (format->text == "date" || format->text == "date-time")) return true;
    const SourceNode* pattern = schema.find("pattern");
    return pattern && ends(pattern->text);
}

class Walk {
  public:
    Walk(const SourceFile& file, Diagnostics& faults) : file_(file), faults_(faults) {}

    // Anything but a schema; what examples hold is no part of the contract.
    void document(const SourceNode& node) {
        for (const auto& entry : node.entries) {
            if (entry.key == "example" || entry.key == "examples") continue;
            if (entry.key == "schema")
                schema(entry.value);
            else if (entry.key == "schemas")
                for (const auto& component : entry.value.entries) schema(component.value);
            else
                document(entry.value);
        }
        for (const auto& item : node.items) document(item);
    }

  private:
    void schema(const SourceNode& node) {
        if (!node.is_mapping()) return;
        if (is_type(node, "string")) {
            if (!has(node, {"x-personal"}))
                fault(node, "a string that doesn't say whether it is personal", "x-personal");
            if (!bounded(node)) fault(node, "a string that may be of any length", "maxLength");
        }
        if ((is_type(node, "integer") || is_type(node, "number")) && !has(node, {"enum", "const"}))
            for (const char* key : {"minimum", "maximum"})
                if (!has(node, {key})) fault(node, "a number without an end", key);
        if (is_type(node, "array")) {
            if (!has(node, {"maxItems"})) fault(node, "a list without an end", "maxItems");
            if (!has(node, {"x-compare"})) fault(node, "a list that doesn't say when two are the same", "x-compare");
        }
        for (const auto& entry : node.entries) below(entry);
    }

    void below(const SourceNode::Entry& entry) {
        using schema::KeywordKind;
        switch (schema::kind_of(entry.key)) {
            case KeywordKind::schema: schema(entry.value); break;
            case KeywordKind::schema_list:
                for (const auto& item : entry.value.items) schema(item);
                break;
            case KeywordKind::schema_map:
                for (const auto& item : entry.value.entries) schema(item.value);
                break;
            default: break;
        }
    }

    void fault(const SourceNode& node, std::string what, std::string key) {
        faults_.error(file_.mark(node), std::move(what), "say " + std::move(key));
    }

    const SourceFile& file_;
    Diagnostics& faults_;
};

}  // namespace

Diagnostics faults_of_schemas(const Registry& contracts) {
    Diagnostics faults;
    for (const auto& file : contracts.files()) Walk(*file, faults).document(file->root());
    return faults;
}

}  // namespace headgate::test
