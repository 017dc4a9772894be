// What the text of a query says of itself: whether it only reads, which columns it answers, where its parameters stand.
// It knows SQL's words, literals, comments and brackets, and no dialect: what it can't tell it leaves to the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate {

// Where an offset of a query's text is in its file. Inside a folded or block text the columns of the file are not
// known: its first line stands for all.
inline SourceMark mark_within(std::string_view text, SourceMark mark, std::size_t offset) {
    if (text.find('\n') == std::string_view::npos) mark.column += static_cast<int>(offset);
    return mark;
}

struct QueryFault {
    std::string message, hint;
    std::size_t offset = 0;  // into the text
};
// It changes something, or is more than one statement.
std::optional<QueryFault> find_query_fault(std::string_view sql);

struct ParameterUse {
    std::string name;
    std::size_t offset = 0;  // of its colon
    bool in = false;         // among the values of IN (...)
    bool alone = false;      // IN (:name)
};
std::vector<ParameterUse> parameter_uses(std::string_view sql);

// The names of the result's columns as they are written, of one that has none an empty text; nothing where that can't
// be told: `*`, or no SELECT.
std::optional<std::vector<std::string>> selected_columns(std::string_view sql);

}  // namespace headgate
