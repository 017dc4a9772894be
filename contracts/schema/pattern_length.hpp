// How long a text can be that a pattern matches whole.
#pragma once

#include <cstddef>
#include <string_view>

namespace headgate::schema {

// In characters; 0 when the pattern sets no bound, or uses what is not looked into (references back, looking around).
std::size_t longest_match(std::string_view pattern);

}  // namespace headgate::schema
