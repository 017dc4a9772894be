// Converts with the IANA database through date-tz.
#include "tests/simulator/catalog/berlin_time.hpp"

#include <date/tz.h>

#include <array>
#include <cctype>
#include <cstdio>

namespace simulator {
namespace {

const date::time_zone* berlin() {
    static const date::time_zone* zone = date::locate_zone("Europe/Berlin");
    return zone;
}

// Reads digits at the places where `pattern` has a letter and wants the other characters as they are.
bool digits_at(std::string_view text, std::string_view pattern) {
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
        if (pattern[i] == '9' ? !digit : text[i] != pattern[i]) return false;
    }
    return true;
}

int two(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

std::optional<date::local_seconds> civil(int year, int month, int day, int hour, int minute, int second) {
    const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                   date::day{static_cast<unsigned>(day)}};
    if (!ymd.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return date::local_days{ymd} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::optional<Instant> instant_of_local(std::string_view text) {
    if (!digits_at(text, "9999-99-99 99:99:99")) return std::nullopt;
    const auto local = civil(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8), two(text, 11),
                             two(text, 14), two(text, 17));
    if (!local) return std::nullopt;
    const auto info = berlin()->get_info(*local);
    if (info.result == date::local_info::nonexistent) return Instant{info.first.end.time_since_epoch()};
    const auto& period = info.result == date::local_info::ambiguous ? info.second : info.first;
    return Instant{local->time_since_epoch() - period.offset};
}

std::string local_text(Instant instant) {
    return date::format("%Y-%m-%d %H:%M:%S", date::make_zoned(berlin(), instant));
}

std::string german_local_text(Instant instant) {
    return date::format("%d.%m.%Y %H:%M:%S", date::make_zoned(berlin(), instant));
}

std::string iso_local_text(Instant instant) {
    return date::format("%Y-%m-%dT%H:%M:%S%Ez", date::make_zoned(berlin(), instant));
}

std::string utc_text(Instant instant) { return date::format("%Y-%m-%dT%H:%M:%SZ", instant); }

std::string utc_text_now_ms() {
    return date::format("%Y-%m-%dT%H:%M:%SZ",
                        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

std::string german_text(std::string_view local) {
    std::string out;
    out.append(local.substr(8, 2)).append(".").append(local.substr(5, 2)).append(".").append(local.substr(0, 4));
    return out.append(" ").append(local.substr(11, 8));
}

std::string local_of_german(std::string_view german) {
    const auto part = [&](std::size_t at, std::size_t length) { return std::string(german.substr(at, length)); };
    return part(6, 4) + "-" + part(3, 2) + "-" + part(0, 2) + part(10, 9);
}

bool is_german_local_text(std::string_view text) {
    return text.size() == 19 && digits_at(text, "99.99.9999 99:99:99") &&
           civil(two(text, 6) * 100 + two(text, 8), two(text, 3), two(text, 0), two(text, 11), two(text, 14),
                 two(text, 17))
               .has_value();
}

}  // namespace simulator
