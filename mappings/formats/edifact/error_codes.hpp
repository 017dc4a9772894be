// EDIFACT's codes for what is found: data element 0085, syntax error.
#pragma once

#include <string_view>

#include "mappings/formats/edi/findings.hpp"

namespace headgate::edifact {

// Of a fault at any level; 18 (unspecified) where there is none that says more.
std::string_view syntax_error(const edi::Finding& finding);

}  // namespace headgate::edifact
