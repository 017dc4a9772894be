// Drafts schemas of a contract (JSON Schema, as nodes of YAML) from legacy messages.
#pragma once

#include "mappings/draft/source_text.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Of one, where the node is repeated. What the format writes by itself is left out.
SourceNode schema_of(const LegacyNode& node);
// Problem documents (RFC 9457).
SourceNode problem_schema();

}  // namespace headgate::mappings
