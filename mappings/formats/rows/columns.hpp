// Columns of a query's answer as a mapping declares them: `char(18)`, `int`, `decimal(9,3)?`, `timestamp`.
#pragma once

#include <optional>
#include <string_view>

#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// char(n) varchar(n) text int decimal(p) decimal(p,s) date timestamp; a trailing `?` allows NULL. Nothing after setting
// `problem`.
std::optional<LegacyNode> parse_column(std::string_view name, std::string_view type, std::string& problem);

}  // namespace headgate
