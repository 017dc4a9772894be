// X12's codes for what is found: elements 720 (AK304), 723 (AK403), 718 (AK502), 716 (AK905) and I18 (TA105).
#pragma once

#include <string_view>

#include "mappings/formats/edi/findings.hpp"

namespace headgate::x12 {

std::string_view segment_code(const edi::Finding& finding);
// `later`: of a version from 5010 on, which knows more codes.
std::string_view element_code(const edi::Finding& finding, bool later);
// Empty where X12 has no code for it.
std::string_view set_code(const edi::Finding& finding);
std::string_view group_code(const edi::Finding& finding);
std::string_view interchange_code(const edi::Finding& finding);

}  // namespace headgate::x12
