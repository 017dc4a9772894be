#include "mappings/formats/edi/value_check.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"

namespace headgate::edi {
namespace {

int number(std::string_view digits) {
    int value = 0;
    for (char c : digits) value = value * 10 + (c - '0');
    return value;
}

// Digits with an optional sign and one decimal point; `digits` counts what the standards count as length.
bool is_number(Dialect dialect, std::string_view text, bool point_allowed, std::size_t& digits) {
    if (text.starts_with('-')) text.remove_prefix(1);
    auto point = text.find('.');
    if (point == std::string_view::npos) {
        digits = text.size();
        return all_digits(text);
    }
    if (!point_allowed || point + 1 == text.size() || !all_digits(text.substr(point + 1))) return false;
    digits = text.size() - 1;
    return point == 0 ? dialect == Dialect::x12 : all_digits(text.substr(0, point));
}

std::optional<Misfit> type_misfit(Dialect dialect, const Element& element, std::string_view text, std::size_t& length) {
    switch (element.type) {
        case ElementType::n:
            if (!is_number(dialect, text, false, length)) return Misfit{Fault::bad_number, "not a whole number"};
            break;
        case ElementType::r:
            if (!is_number(dialect, text, true, length)) return Misfit{Fault::bad_number, "not a decimal number"};
            break;
        case ElementType::dt:
            if (!is_date(text)) return Misfit{Fault::bad_date, "not a date"};
            break;
        case ElementType::tm:
            if (!is_time(text)) return Misfit{Fault::bad_time, "not a time"};
            break;
        case ElementType::a:
            if (std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
                return Misfit{Fault::bad_character, "a digit among letters"};
            break;
        case ElementType::an:
        case ElementType::id: break;
    }
    return std::nullopt;
}

}  // namespace

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_date(std::string_view text) {
    if ((text.size() != 8 && text.size() != 6) || !all_digits(text)) return false;
    constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = number(text.substr(text.size() - 4, 2)), day = number(text.substr(text.size() - 2));
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return false;
    if (month != 2 || day < 29) return true;
    int year = number(text.substr(0, text.size() - 4));
    if (text.size() == 6) return year % 4 == 0;  // of which century is not said: 1900 is none that is meant
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool is_time(std::string_view text) {
    if (!all_digits(text) || text.size() < 4 || text.size() == 5 || text.size() > 8) return false;
    return number(text.substr(0, 2)) < 24 && number(text.substr(2, 2)) < 60 &&
           (text.size() == 4 || number(text.substr(4, 2)) < 60);
}

std::optional<Misfit> misfit(Dialect dialect, const Element& element, std::string_view text) {
    std::size_t length = count_code_points(text);
    if (auto wrong = type_misfit(dialect, element, text, length)) return wrong;
    if (length > static_cast<std::size_t>(element.max_length))
        return Misfit{Fault::too_long,
                      std::to_string(length) + " characters, at most " + std::to_string(element.max_length)};
    if (length < static_cast<std::size_t>(element.min_length))
        return Misfit{Fault::too_short,
                      std::to_string(length) + " characters, at least " + std::to_string(element.min_length)};
    if (!element.codes.empty() && std::find(element.codes.begin(), element.codes.end(), text) == element.codes.end())
        return Misfit{Fault::bad_code, "'" + printable(text) + "' is not one of its codes"};
    return std::nullopt;
}

}  // namespace headgate::edi
