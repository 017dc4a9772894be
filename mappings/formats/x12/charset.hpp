// X12's character sets (X12.5): what may stand in an element, and the ASCII spelling of letters beyond it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mappings/formats/x12/guide.hpp"

namespace headgate::x12 {

// True for a character of the set. `ascii_transliterated` writes the extended set.
bool in_charset(X12Charset charset, unsigned char c);

// The usual ASCII spelling of a code point (ä is 'ae', é is 'e', an en dash is '-'), or nullptr when it has none.
const char* ascii_spelling(std::uint32_t code_point);

// UTF-8 in the guide's set, appended to `out`. False at a character that has no place in it; then `bad` is that
// character as it came.
bool encode(X12Charset charset, std::string_view utf8, std::string& out, std::string& bad);

}  // namespace headgate::x12
