// Groups the rows of an answer by the value of a column: the outer items of a nested list.
#pragma once

#include <span>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"

namespace headgate::mappings {

// Rows with one value of the column are one group, an array, wherever they stand; groups in the order of their first
// rows, rows in theirs. The result lives in the arena.
std::span<const Value> group_rows(const Value& rows, std::string_view column, Arena& arena);

// The column's text in a row, without blanks behind it; empty for NULL.
std::string_view text_of_column(const Value& row, std::string_view column);

}  // namespace headgate::mappings
