// Writing parameters as text in the styles of OpenAPI 3.1: the exact inverse of reading, or the reason why not.
#pragma once

#include <string>

#include "contracts/document/value.hpp"
#include "contracts/registry/contract.hpp"

namespace headgate {

// Appends a path segment, a header's value, or the pairs of a query ("a=1&b=2"). Nothing, or why this value would not
// be read back as it is: then what was appended is of no use.
std::string write_text(const Parameter& parameter, const Value& value, std::string& out);

}  // namespace headgate
