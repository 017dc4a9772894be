// Charsets of files, by the C library's iconv: CP850, IBM1141 (EBCDIC, German, with the euro sign), ISO-8859-15.
#pragma once

#include <string>
#include <string_view>

namespace simulator {

// From UTF-8; what the charset has no place for is a question mark. Throws std::runtime_error for an unknown charset.
std::string encoded(std::string_view utf8, const std::string& charset);

}  // namespace simulator
