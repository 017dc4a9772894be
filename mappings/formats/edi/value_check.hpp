// Whether a text fits an element of a guide: its type, length and codes; the same for what is read and written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mappings/formats/edi/findings.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edi {

struct Misfit {
    Fault fault;
    std::string why;
};

// `text` is UTF-8, with `.` as its decimal mark; its length counts in characters, of a number in digits.
std::optional<Misfit> misfit(Dialect dialect, const Element& element, std::string_view text);

bool all_digits(std::string_view text);
// yyMMdd or yyyyMMdd, a day that its month has.
bool is_date(std::string_view text);
// HHmm, HHmmss, or with one or two decimals of a second.
bool is_time(std::string_view text);

}  // namespace headgate::edi
