// Compiles, reads and writes time patterns and RFC 3339 date-times; civil calendar arithmetic.
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

// Exactly `width` digits at `at`.
bool number(std::string_view text, std::size_t at, int width, int& out) {
    if (at + static_cast<std::size_t>(width) > text.size()) return false;
    out = 0;
    for (int i = 0; i < width; ++i) {
        char c = text[at + static_cast<std::size_t>(i)];
        if (c < '0' || c > '9') return false;
        out = out * 10 + (c - '0');
    }
    return true;
}

void put(char*& at, int value, int width) {
    for (int i = width - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
    at += width;
}

constexpr int TimeFields::*field_at[] = {&TimeFields::year, &TimeFields::month,  &TimeFields::day,
                                         &TimeFields::hour, &TimeFields::minute, &TimeFields::second};

int days_in(int year, int month) {
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

bool valid(const TimeFields& f) {
    return f.year >= 0 && f.year <= 9999 && f.month >= 1 && f.month <= 12 && f.day >= 1 &&
           f.day <= days_in(f.year, f.month) && f.hour >= 0 && f.hour <= 23 && f.minute >= 0 && f.minute <= 59 &&
           f.second >= 0 && f.second <= 59;
}

std::optional<TimePattern> TimePattern::compile(std::string_view pattern, std::string& problem, int pivot) {
    static constexpr std::pair<std::string_view, int> letters[] = {{"yyyy", 0}, {"yy", 0}, {"MM", 1}, {"dd", 2},
                                                                   {"HH", 3},   {"mm", 4}, {"ss", 5}};
    TimePattern out;
    while (!pattern.empty()) {
        Piece piece;
        for (auto [letter, field] : letters) {
            if (!pattern.starts_with(letter)) continue;
            piece.field = field;
            piece.width = static_cast<int>(letter.size());
            if (out.fields_ & (1u << field))
                return problem = "'" + std::string(letter) + "' stands twice in the pattern", std::nullopt;
            out.fields_ |= 1u << field;
            if (letter == "yy") out.first_year_ = 1900 + pivot;
            break;
        }
        char c = pattern.front();
        if (piece.field < 0 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && c != 'T')
            return problem = "unknown letter '" + std::string(1, c) + "' in the pattern", std::nullopt;
        piece.literal = c;
        pattern.remove_prefix(static_cast<std::size_t>(piece.width));
        out.width_ += static_cast<std::size_t>(piece.width);
        out.pieces_.push_back(piece);
    }
    auto day = out.fields_ & 0b000111, time = out.fields_ & 0b111000;
    if ((day != 0 && day != 0b000111) || (time != 0 && (time & 0b011000) != 0b011000) || out.fields_ == 0)
        return problem = "the pattern lacks a part: yyyy, MM, dd, or of HH, mm, ss", std::nullopt;
    if ((out.first_year_ >= 0) != (pivot >= 0))
        return problem =
                   pivot < 0 ? "a year of two digits needs a pivot" : "only a year of two digits, yy, has a pivot",
               std::nullopt;
    return out;
}

bool TimePattern::parse(std::string_view text, TimeFields& out) const {
    if (text.size() != width_) return false;
    std::size_t at = 0;
    for (const auto& piece : pieces_) {
        if (piece.field < 0) {
            if (text[at] != piece.literal) return false;
        } else if (!number(text, at, piece.width, out.*field_at[piece.field])) {
            return false;
        } else if (piece.field == 0 && piece.width == 2) {
            out.year += out.year < first_year_ % 100 ? 2000 : 1900;
        }
        at += static_cast<std::size_t>(piece.width);
    }
    return valid(out);
}

bool TimePattern::holds(const TimeFields& fields) const {
    return first_year_ < 0 || (fields.year >= first_year_ && fields.year < first_year_ + 100);
}

std::string_view TimePattern::write(const TimeFields& fields, Arena& arena) const {
    char* out = arena.allocate<char>(width_);
    char* at = out;
    for (const auto& piece : pieces_) {
        if (piece.field < 0)
            *at++ = piece.literal;
        else
            put(at, fields.*field_at[piece.field], piece.width);
    }
    return {out, width_};
}

bool parse_rfc3339(std::string_view text, OffsetTime& out) {
    auto& f = out.fields;
    if (text.size() < 20 || !number(text, 0, 4, f.year) || text[4] != '-' || !number(text, 5, 2, f.month) ||
        text[7] != '-' || !number(text, 8, 2, f.day) || (text[10] != 'T' && text[10] != 't') ||
        !number(text, 11, 2, f.hour) || text[13] != ':' || !number(text, 14, 2, f.minute) || text[16] != ':' ||
        !number(text, 17, 2, f.second) || !valid(f))
        return false;
    std::size_t at = 19;
    if (text[at] == '.') {
        std::size_t begin = ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == begin) return false;
        out.fraction = true;
    }
    if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) return out.offset_min = 0, at + 1 == text.size();
    int hours = 0, minutes = 0;
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || !number(text, at + 1, 2, hours) ||
        text[at + 3] != ':' || !number(text, at + 4, 2, minutes) || hours > 23 || minutes > 59)
        return false;
    out.offset_min = (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

std::string_view write_rfc3339(const TimeFields& f, int offset_min, bool z, Arena& arena) {
    char* out = arena.allocate<char>(25);
    char* at = out;
    put(at, f.year, 4), *at++ = '-', put(at, f.month, 2), *at++ = '-', put(at, f.day, 2), *at++ = 'T';
    put(at, f.hour, 2), *at++ = ':', put(at, f.minute, 2), *at++ = ':', put(at, f.second, 2);
    if (z) {
        *at++ = 'Z';
    } else {
        *at++ = offset_min < 0 ? '-' : '+';
        int distance = offset_min < 0 ? -offset_min : offset_min;
        put(at, distance / 60, 2), *at++ = ':', put(at, distance % 60, 2);
    }
    return {out, static_cast<std::size_t>(at - out)};
}

// Howard Hinnant's civil calendar arithmetic.
long long to_seconds(const TimeFields& f) {
    long long y = f.year - (f.month <= 2);
    long long era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    long long doy = (153 * (f.month + (f.month > 2 ? -3 : 9)) + 2) / 5 + f.day - 1;
    long long days = era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
    return days * 86400 + f.hour * 3600 + f.minute * 60 + f.second;
}

TimeFields from_seconds(long long seconds) {
    long long days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) rest += 86400, --days;
    long long z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    long long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
              doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long long mp = (5 * doy + 2) / 153;
    TimeFields f;
    f.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    f.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    f.year = static_cast<int>(yoe + era * 400 + (f.month <= 2));
    f.hour = static_cast<int>(rest / 3600), f.minute = static_cast<int>(rest % 3600 / 60),
    f.second = static_cast<int>(rest % 60);
    return f;
}

}  // namespace headgate::mappings
