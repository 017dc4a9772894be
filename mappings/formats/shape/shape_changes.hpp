// What differs between two trees of a legacy message, each difference by its own name and place.
#pragma once

#include <string>
#include <vector>

#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

struct ShapeChange {
    // added, gone, name, type, narrower, wider, places, required, optional, list, single, null, not-null, code-added,
    // code-gone, namespace, order, types; and what an adapter adds of its own
    std::string kind;
    std::vector<std::string> path;  // names from below the root; empty: the root itself
    std::string was, is;            // in words; empty where there is nothing to say
};

// By name, wherever a child stands; that known ones stand in another order is told where `ordered`.
std::vector<ShapeChange> shape_changes(const LegacyNode& pinned, const LegacyNode& live, bool ordered);
// `text(18)`, `decimal(9,3)`, `group`, with `list of` and `, optional` where they are.
std::string shape_words(const LegacyNode& node);

}  // namespace headgate
