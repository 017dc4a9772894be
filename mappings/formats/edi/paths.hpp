// Paths into a document of segments, for names of files and envelopes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"

namespace headgate::edi {

// The value at a path of document names (`W05/02`, `N1[01=ST]/04`, `DTM[01=137]/01/02`); empty when there is none, or
// it is no scalar.
std::string_view text_at(const Value& document, std::string_view path);
// `pick-{W05/02}.940` with each {path} replaced. Fails with invalid_message when a path has no value.
Result<std::string> expand_pattern(std::string_view pattern, const Value& document);

}  // namespace headgate::edi
