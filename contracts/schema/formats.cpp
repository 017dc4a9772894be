#include "contracts/schema/formats.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "contracts/schema/ecma_pattern.hpp"
#include "contracts/schema/format_uri.hpp"

namespace headgate::schema {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 14> names{{
    {"date-time", Format::date_time},
    {"date", Format::date},
    {"time", Format::time},
    {"duration", Format::duration},
    {"email", Format::email},
    {"hostname", Format::hostname},
    {"ipv4", Format::ipv4},
    {"ipv6", Format::ipv6},
    {"uri", Format::uri},
    {"uri-reference", Format::uri_reference},
    {"uuid", Format::uuid},
    {"json-pointer", Format::json_pointer},
    {"regex", Format::regex},
    {"", Format::none},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

// Two digits as a number; above 99 when they aren't digits.
unsigned two(const char* at) {
    auto tens = static_cast<unsigned char>(at[0] - '0'), ones = static_cast<unsigned char>(at[1] - '0');
    return tens > 9 || ones > 9 ? 1000u : tens * 10u + ones;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    unsigned century = two(text.data()), year = two(text.data() + 2), month = two(text.data() + 5),
             day = two(text.data() + 8);
    if (century > 99 || year > 99 || month - 1 > 11 || day - 1 > 30) return false;
    constexpr std::array<unsigned char, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year != 0 || century % 4 == 0);
    return day <= lengths[month - 1] + (month == 2 && leap ? 1u : 0u);
}

bool is_time(std::string_view text) {
    if (text.size() < 9 || text[2] != ':' || text[5] != ':') return false;
    unsigned hour = two(text.data()), minute = two(text.data() + 3), second = two(text.data() + 6);
    if (hour > 23 || minute > 59 || second > 60) return false;
    std::size_t at = 8;
    if (text[at] == '.') {
        std::size_t begin = ++at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == begin) return false;
    }
    unsigned day_minute = hour * 60 + minute;  // in UTC, once the offset is taken
    if (at + 1 == text.size() && (text[at] | 32) == 'z') {
    } else if (at + 6 == text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':') {
        unsigned hours = two(text.data() + at + 1), minutes = two(text.data() + at + 4);
        if (hours > 23 || minutes > 59) return false;
        day_minute += text[at] == '-' ? hours * 60 + minutes : 1440 - hours * 60 - minutes;
    } else {
        return false;
    }
    // A leap second is the last of a day in UTC.
    return second < 60 || day_minute % 1440 == 1439;
}

bool is_date_time(std::string_view text) {
    return text.size() > 11 && (text[10] | 32) == 't' && is_date(text.substr(0, 10)) && is_time(text.substr(11));
}

// P1Y2M3DT4H5M6S: at least one part, in order, no gaps among its units; or weeks alone.
bool is_duration(std::string_view text) {
    if (text.size() < 3 || text[0] != 'P') return false;
    std::string_view units = "YMD";
    std::size_t at = 1;
    auto part = [&](std::string_view allowed) -> std::size_t {
        std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == begin || at >= text.size()) return std::string_view::npos;
        return allowed.find(text[at++]);
    };
    if (text.back() == 'W') return part("W") == 0 && at == text.size();
    auto section = [&](std::string_view order) {
        std::size_t last = std::string_view::npos;
        while (at < text.size() && text[at] != 'T') {
            std::size_t unit = part(order);
            if (unit == std::string_view::npos) return false;
            if (last != std::string_view::npos && unit != last + 1) return false;
            last = unit;
        }
        return last != std::string_view::npos;
    };
    if (text[at] != 'T' && !section(units)) return false;
    if (at == text.size()) return true;
    ++at;
    return section("HMS") && at == text.size();
}

bool is_hostname(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    while (true) {
        std::size_t dot = text.find('.');
        std::string_view label = text.substr(0, dot);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        if (!std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; })) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_email(std::string_view text) {
    std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
    std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    if (local.size() > 1 && local.front() == '"' && local.back() == '"') {
        local = local.substr(1, local.size() - 2);
        for (std::size_t i = 0; i < local.size(); ++i) {
            if (local[i] == '"' || (local[i] == '\\' && ++i == local.size())) return false;
            if (local[i] < 32 || local[i] == 127) return false;
        }
    } else {
        if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
        for (char c : local)
            if (!is_alnum(c) && std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) == std::string_view::npos)
                return false;
    }
    if (domain.starts_with('[') && domain.ends_with(']')) {
        domain = domain.substr(1, domain.size() - 2);
        return domain.starts_with("IPv6:") ? is_ipv6(domain.substr(5)) : is_ipv4(domain);
    }
    return is_hostname(domain);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < 36; ++i) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = is_digit(text[i]) || ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'f');
        if (dash ? text[i] != '-' : !hex) return false;
    }
    return true;
}

bool is_json_pointer(std::string_view text) {
    if (!text.empty() && text.front() != '/') return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
    return true;
}

}  // namespace

Format format_of(std::string_view wanted) {
    for (const auto& [name_, format] : names)
        if (name_ == wanted) return format;
    return Format::none;
}

std::string_view name(Format format) {
    for (const auto& [name_, known] : names)
        if (known == format) return name_;
    return {};
}

const std::vector<std::string_view>& format_names() {
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> list;
        for (const auto& [name_, format] : names)
            if (format != Format::none) list.push_back(name_);
        return list;
    }();
    return all;
}

bool conforms(Format format, std::string_view text) {
    switch (format) {
        case Format::none: return true;
        case Format::date_time: return is_date_time(text);
        case Format::date: return is_date(text);
        case Format::time: return is_time(text);
        case Format::duration: return is_duration(text);
        case Format::email: return is_email(text);
        case Format::hostname: return is_hostname(text);
        case Format::ipv4: return is_ipv4(text);
        case Format::ipv6: return is_ipv6(text);
        case Format::uri: return is_uri(text);
        case Format::uri_reference: return is_uri_reference(text);
        case Format::uuid: return is_uuid(text);
        case Format::json_pointer: return is_json_pointer(text);
        case Format::regex: return read_ecma_pattern(text).fault.empty();
    }
    return true;
}

}  // namespace headgate::schema
