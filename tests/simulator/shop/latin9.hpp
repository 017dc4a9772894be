// ISO-8859-15, the charset in which the shop speaks, to and from UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simulator {

std::string utf8_of_latin9(std::string_view bytes);
// Nothing when a character has no place in ISO-8859-15 or the text is not UTF-8.
std::optional<std::string> latin9_of_utf8(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace simulator
