#include "shadow/findings/timestamp.hpp"

#include <cstdio>

#include "shadow/compare/instant.hpp"

namespace headgate {

std::string write_timestamp(WallTime when) {
    auto ms = std::chrono::floor<milliseconds>(when);
    auto day = std::chrono::floor<std::chrono::days>(ms);
    std::chrono::year_month_day date(day);
    std::chrono::hh_mm_ss time(ms - day);
    char text[64];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                               static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                               static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                               static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return {text, static_cast<std::size_t>(length)};
}

std::optional<WallTime> read_timestamp(std::string_view text) {
    auto instant = read_instant(text);
    if (!instant) return std::nullopt;
    int ms = 0;
    for (std::size_t i = 0; i < 3; ++i) ms = ms * 10 + (i < instant->fraction.size() ? instant->fraction[i] - '0' : 0);
    return WallTime(std::chrono::seconds(instant->seconds) + milliseconds(ms));
}

}  // namespace headgate
