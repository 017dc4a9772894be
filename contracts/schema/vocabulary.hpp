// Vocabularies of JSON Schema 2020-12 (core, section 8.1): which keywords a schema's dialect gives a meaning to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "contracts/document/source.hpp"

namespace headgate::schema {

// One bit each.
using Vocabularies = std::uint8_t;
inline constexpr Vocabularies vocabulary_core = 1, vocabulary_applicator = 2, vocabulary_unevaluated = 4,
                              vocabulary_validation = 8, vocabulary_format_assertion = 16,
                              vocabulary_format_annotation = 32, vocabulary_others = 64;
// What the dialect 2020-12 itself, and OpenAPI 3.1's over it, use.
inline constexpr Vocabularies standard_vocabularies = 0x7F & ~vocabulary_format_assertion;

// Whether a dialect that uses these gives a meaning to the keyword.
bool understands(Vocabularies used, std::string_view keyword);

// What a meta-schema's $vocabulary says; the standard ones where it says nothing. When it requires one that isn't known
// here, `unknown` names it.
Vocabularies vocabularies_of(const SourceNode& metaschema, std::string& unknown);

}  // namespace headgate::schema
