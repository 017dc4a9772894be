#include "shadow/compare/instant.hpp"

#include <chrono>

namespace headgate {
namespace {

// Exactly `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool is_at(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

}  // namespace

std::optional<Instant> read_instant(std::string_view text) {
    int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return std::nullopt;
    if (!is_at(text, 4, '-') || !is_at(text, 7, '-') || !is_at(text, 13, ':') || !is_at(text, 16, ':'))
        return std::nullopt;
    if (!is_at(text, 10, 'T') && !is_at(text, 10, 't')) return std::nullopt;
    std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) return std::nullopt;

    Instant instant;
    std::size_t at = 19;
    if (is_at(text, at, '.')) {
        std::size_t first = ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == first) return std::nullopt;
        instant.fraction = text.substr(first, at - first);
        while (!instant.fraction.empty() && instant.fraction.back() == '0') instant.fraction.remove_suffix(1);
    }
    int offset_minutes = 0;
    if (is_at(text, at, 'Z') || is_at(text, at, 'z')) {
        ++at;
    } else if (is_at(text, at, '+') || is_at(text, at, '-')) {
        int hours = digits(text, at + 1, 2), minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || !is_at(text, at + 3, ':')) return std::nullopt;
        offset_minutes = (hours * 60 + minutes) * (text[at] == '-' ? -1 : 1);
        at += 6;
    } else {
        return std::nullopt;
    }
    if (at != text.size()) return std::nullopt;
    auto days = std::chrono::sys_days(date).time_since_epoch().count();
    instant.seconds = static_cast<std::int64_t>(days) * 86'400 + hour * 3'600 + minute * 60 + second -
                      static_cast<std::int64_t>(offset_minutes) * 60;
    return instant;
}

}  // namespace headgate
