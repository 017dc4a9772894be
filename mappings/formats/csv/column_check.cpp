#include "mappings/formats/csv/column_check.hpp"

#include "contracts/document/utf8.hpp"
#include "mappings/formats/decimal_text.hpp"

namespace headgate::csv {
namespace {

std::string too_many(std::size_t count, const char* what, int most) {
    return std::to_string(count) + " " + what + ", at most " + std::to_string(most);
}

}  // namespace

std::string column_problem(const LegacyNode& column, std::string_view text, char point) {
    auto length = static_cast<std::size_t>(column.length);
    if (column.type == LegacyType::integer || column.type == LegacyType::decimal) {
        bool whole = column.type == LegacyType::integer;
        auto number = parse_decimal_text(text, point);
        if (!number || (whole && !number->fraction.empty()))
            return whole ? "not a whole number" : std::string("not a decimal number with '") + point + "'";
        if (!whole && number->fraction.size() > static_cast<std::size_t>(column.fraction))
            return too_many(number->fraction.size(), "decimal places", column.fraction);
        std::size_t digits = number->whole.size() + number->fraction.size();
        std::size_t most = column.length > 0 ? length : 36;
        if (!whole && number->whole == "0") --digits;  // 0.125 fits into decimal(3,3)
        return digits > most ? too_many(digits, "digits", static_cast<int>(most)) : "";
    }
    if (text.find('\0') != std::string_view::npos) return "a NUL";
    if (column.length > 0 && text.size() > length)
        if (auto count = count_code_points(text); count > length) return too_many(count, "characters", column.length);
    return {};
}

}  // namespace headgate::csv
