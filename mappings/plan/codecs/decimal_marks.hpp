// Decimal marks: how a legacy text writes the point of a decimal, and the groups of three digits before it: 1.234,50.
#pragma once

#include <optional>
#include <string_view>

#include "contracts/document/arena.hpp"

namespace headgate::mappings {

struct DecimalMarks {
    char point = '.';
    char group = 0;  // 0: digits stand together
    bool plain() const { return point == '.' && group == 0; }
};

// '1.234,50' -> '1234.50'; nothing when the text does not follow the marks: with groups, every three digits stand
// apart.
std::optional<std::string_view> without_marks(std::string_view text, const DecimalMarks& marks, Arena& arena);
// The inverse, of a plain decimal.
std::string_view with_marks(std::string_view plain, const DecimalMarks& marks, Arena& arena);

}  // namespace headgate::mappings
