// A source node as a document: what an example, an enumeration or a default in a file means as JSON.
#pragma once

#include "contracts/document/builder.hpp"
#include "contracts/document/source.hpp"

namespace headgate {

// Unquoted `true`, `false` and JSON numbers are what they look like, an empty or null node is null, everything else is
// a string: `NO`, `012` and `2026-11-23` too. Strings are copied to the builder's arena.
Value to_value(const SourceNode& node, Builder& builder);

}  // namespace headgate
