// How letters beyond ASCII are usually spelt in ASCII.
#pragma once

#include <cstdint>

namespace headgate::edi {

// The usual ASCII spelling of a code point (ä is 'ae', é is 'e', an en dash is '-'), or nullptr when it has none.
const char* ascii_spelling(std::uint32_t code_point);

}  // namespace headgate::edi
