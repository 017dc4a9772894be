#include "mappings/plan/lexical_form.hpp"

#include <cstring>

#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

// XML's white space, which these types collapse.
std::string_view trimmed(std::string_view text) {
    auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return text.substr(0, 0);
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string_view joined(std::string_view a, std::string_view b, std::string_view c, Arena& arena) {
    char* out = arena.allocate<char>(a.size() + b.size() + c.size());
    std::memcpy(out, a.data(), a.size());
    std::memcpy(out + a.size(), b.data(), b.size());
    std::memcpy(out + a.size() + b.size(), c.data(), c.size());
    return {out, a.size() + b.size() + c.size()};
}

std::string_view plain_number(std::string_view text, bool whole, Arena& arena) {
    if (text.empty()) return text;
    bool negative = text.front() == '-';
    auto magnitude = negative || text.front() == '+' ? text.substr(1) : text;
    auto point = magnitude.find('.');
    auto before = magnitude.substr(0, point), after = std::string_view();
    if (point != std::string_view::npos) after = magnitude.substr(point + 1);
    if (!digits(before) || !digits(after) || (before.empty() && after.empty())) return text;
    if (whole && after.find_first_not_of('0') == std::string_view::npos) after = {};
    if (after.empty() && !before.empty()) {
        magnitude = before;
    } else if (before.empty()) {
        return joined(negative ? "-0" : "0", ".", after, arena);
    }
    if (!negative) return magnitude;
    return {text.data(), magnitude.size() + 1};  // what is left out stood behind
}

// Of the zone of a day nothing is told on: the day is meant as it stands.
std::string_view plain_date(std::string_view text) {
    constexpr std::size_t day = 10;
    auto zone = text.size() > day ? text.substr(day) : std::string_view();
    bool offset = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
                  digits(zone.substr(1, 2)) && digits(zone.substr(4));
    return zone == "Z" || offset ? text.substr(0, day) : text;
}

std::string_view plain_datetime(std::string_view text, Arena& arena) {
    constexpr std::string_view midnight = "T24:00:00";
    if (text.size() < 19 || text.substr(10, midnight.size()) != midnight) return text;
    auto rest = text.substr(19);
    if (rest.starts_with('.')) rest.remove_prefix(std::min(rest.find_first_not_of('0', 1), rest.size()));
    static std::string none;
    static const TimePattern days = *TimePattern::compile("yyyy-MM-dd", none);
    TimeFields fields;
    if ((!rest.empty() && digit(rest.front())) || !days.parse(text.substr(0, 10), fields)) return text;
    auto next = from_seconds(to_seconds(fields) + 86400);
    return valid(next) ? joined(days.write(next, arena), "T00:00:00", rest, arena) : text;
}

}  // namespace

std::string_view plain_form(LegacyType type, std::string_view text, Arena& arena) {
    switch (type) {
        case LegacyType::integer:
        case LegacyType::decimal: {
            bool whole = type == LegacyType::integer;
            // As nearly all are.
            if (!text.empty() && digit(text.front()) && digit(text.back()) &&
                (!whole || text.find('.') == std::string_view::npos))
                return text;
            return plain_number(trimmed(text), whole, arena);
        }
        case LegacyType::boolean: return trimmed(text);
        case LegacyType::date: return plain_date(trimmed(text));
        case LegacyType::datetime: return plain_datetime(trimmed(text), arena);
        default: return text;
    }
}

}  // namespace headgate::mappings
