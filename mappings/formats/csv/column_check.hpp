// Whether a text is what its column is declared to hold; the same when a file is read and when it is written.
#pragma once

#include <string>
#include <string_view>

#include "mappings/formats/legacy_schema.hpp"

namespace headgate::csv {

// `point` is the decimal mark of this text. What is wrong, empty when nothing is.
std::string column_problem(const LegacyNode& column, std::string_view text, char point);

}  // namespace headgate::csv
