// Makes nodes of a YAML or JSON file that a draft writes.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "contracts/document/source.hpp"

namespace headgate::mappings {

// A text is quoted where YAML would take it for something else.
inline SourceNode text_node(std::string text) {
    SourceNode node;
    node.kind = SourceKind::scalar;
    node.quoted = true;
    node.text = std::move(text);
    return node;
}
inline SourceNode word_node(std::string word) {  // a number, true, false
    SourceNode node = text_node(std::move(word));
    node.quoted = false;
    return node;
}
inline SourceNode& member(SourceNode& object, std::string key, SourceNode value) {
    object.kind = SourceKind::mapping;
    object.entries.push_back({std::move(key), 0, 0, std::move(value)});
    return object.entries.back().value;
}
inline SourceNode object_node(std::initializer_list<std::pair<const char*, SourceNode>> members) {
    SourceNode node;
    node.kind = SourceKind::mapping;
    for (const auto& [key, value] : members) member(node, key, value);
    return node;
}
inline SourceNode list_node(std::initializer_list<SourceNode> items = {}) {
    SourceNode node;
    node.kind = SourceKind::sequence;
    node.items = items;
    return node;
}

}  // namespace headgate::mappings
