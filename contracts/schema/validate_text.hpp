// The words of issues: what was expected, safe to show.
#pragma once

#include <string>
#include <vector>

#include "contracts/schema/program.hpp"

namespace headgate::schema::text {

std::string of_types(TypeMask types);                                          // must be an integer or null
std::string of_values(const std::vector<Value>& values);                       // must be one of "web", "store"
std::string counted(const char* must, std::uint32_t count, const char* unit);  // must have at least 1 item

}  // namespace headgate::schema::text
