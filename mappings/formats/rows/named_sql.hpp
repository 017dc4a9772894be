// Named parameters of SQL text: `:sku` becomes `?`, its name is kept in order; literals, comments and `::` are left
// alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate {

struct NamedSql {
    std::string sql;  // with `?`
    std::vector<std::string> parameters;
    std::vector<std::size_t> offsets;  // of each `:` in the text that was given
    std::string problem;               // not empty: an open literal or comment, or a bare `?`
    std::size_t problem_offset = 0;
};
NamedSql parse_named_sql(std::string_view text);

}  // namespace headgate
