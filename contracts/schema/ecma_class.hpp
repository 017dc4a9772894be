// The characters that a regular expression of ECMA-262 names, as RE2 writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::schema {

// One character outside of a class; a lone surrogate, which no valid UTF-8 holds, matches nothing.
std::string re2_character(std::uint32_t code_point);
// The inside of a class, without its brackets: first to last, surrogates left out; may be empty.
std::string re2_range(std::uint32_t first, std::uint32_t last);
// What \d, \D, \w, \W, \s or \S stand for, as the inside of a class.
std::string re2_class_escape(char letter);
// Matches no character, any character, and any but the line terminators of ECMA-262.
inline constexpr std::string_view re2_nothing = "[^\\x00-\\x{10FFFF}]", re2_anything = "[\\x00-\\x{10FFFF}]",
                                  re2_dot = "[^\\n\\r\\x{2028}\\x{2029}]";

// What stands between the braces of \p{...} or, `negated`, \P{...}.
struct EcmaProperty {
    enum class Kind : std::uint8_t { unknown, unsupported, known };
    Kind kind = Kind::unknown;
    std::string re2 = {};  // the inside of a class, when it is known
};
EcmaProperty ecma_property(std::string_view text, bool negated);

}  // namespace headgate::schema
