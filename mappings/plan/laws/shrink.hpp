// Makes a document smaller while something holds of it.
#pragma once

#include <functional>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"

namespace headgate::mappings {

// Leaves members and items out and shortens texts, as long as `holds` says so; asks some thousand times at most. The
// result lives in the arena and in the document.
Value shrink(const Value& document, Arena& arena, const std::function<bool(const Value&)>& holds);

}  // namespace headgate::mappings
