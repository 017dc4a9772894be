// Legacy texts worth trying: what a codec knows of, and the edges of a field's type.
#pragma once

#include <string>
#include <vector>

#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/language/mapping.hpp"

namespace headgate::mappings {

// On the legacy side of the codec: codes, values that mean none, times in its pattern; empty for most.
std::vector<std::string> known_texts(const CodecCall& call, const Mapping& mapping);
// Never empty.
std::vector<std::string> edges_of(const LegacyNode& field);

// A text of this field as its legacy value: of JSON a number or a flag, where it is one.
Value legacy_value(const LegacyNode& field, std::string_view text);

}  // namespace headgate::mappings
