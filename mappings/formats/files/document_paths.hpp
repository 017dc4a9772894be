// Paths into a legacy document, for names of files and envelopes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// The value at a path of document names (`W05/02`, `N1[01=ST]/04`, `H1/PO`); empty when there is none, or it is no
// scalar.
std::string_view text_at(const Value& document, std::string_view path);
// `pick-{W05/02}.940` with each {path} replaced. Fails with invalid_message when a path has no value.
Result<std::string> expand_pattern(std::string_view pattern, const Value& document);

// What is wrong with a pattern for documents of this shape, and where in it; empty when nothing is.
struct PatternFault {
    std::string why;
    std::size_t at = 0;
};
PatternFault pattern_fault(std::string_view pattern, const LegacyNode& shape);

}  // namespace headgate
