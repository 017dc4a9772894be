// Exact: a decimal number of up to 36 digits, computed without rounding; whatever does not fit is refused.
#pragma once

#include <optional>
#include <string_view>

#include "contracts/document/arena.hpp"

namespace headgate::mappings {

__extension__ typedef __int128 Int128;

// value = units / 10^scale; scale 0..36. A plain value.
struct Exact {
    Int128 units = 0;
    int scale = 0;
};

// Decimals of a text that is a number as write_exact would write it, -1 for any other: most numbers are such already,
// and need no arithmetic to be read or written.
int plain_places(std::string_view text);
// [+-]digits[.digits][e[+-]digits]; nothing when it is no number or has more than 36 digits.
std::optional<Exact> parse_exact(std::string_view text);
// With exactly `places` decimals, or with as many as it has (-1). Nothing when a digit would be lost.
std::optional<std::string_view> write_exact(const Exact& number, int places, Arena& arena);
// Without decimals that are zero; nothing when it is not whole.
std::optional<std::string_view> write_whole(const Exact& number, Arena& arena);

std::optional<Exact> add(const Exact& a, const Exact& b);
std::optional<Exact> subtract(const Exact& a, const Exact& b);
std::optional<Exact> multiply(const Exact& a, const Exact& b);
// Nothing when the quotient has no end, or b is zero.
std::optional<Exact> divide(const Exact& a, const Exact& b);
// -1, 0, 1; nothing when the scales are too far apart.
std::optional<int> compare(const Exact& a, const Exact& b);
Exact trim(Exact number);  // the smallest scale of the same value

}  // namespace headgate::mappings
