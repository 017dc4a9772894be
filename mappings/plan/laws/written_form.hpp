// What a document that is written must be by the legacy schema.
#pragma once

#include <string>

#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Why `document` is none of `node`'s: its members, their order and number; empty when it is one. Texts are not looked
// at.
std::string misfit(const LegacyNode& node, const Value& document);

}  // namespace headgate::mappings
