// TimePattern: a legacy date or time format such as `dd.MM.yyyy HH:mm:ss`, compiled; strict both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/arena.hpp"

namespace headgate::mappings {

struct TimeFields {
    int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};
bool valid(const TimeFields& fields);  // proleptic Gregorian; no leap seconds

// Immutable. Letters yyyy (or yy with a pivot) MM dd HH mm ss; anything else stands for itself.
class TimePattern {
  public:
    // A date, a time of day (with seconds or without), or both. Nothing when a letter is unknown, appears twice or is
    // missing; `problem` says which. `pivot`, of yy: the first year of the hundred that are meant, 70 for 1970 to 2069;
    // -1: none is known.
    static std::optional<TimePattern> compile(std::string_view pattern, std::string& problem, int pivot = -1);
    bool has_date() const { return (fields_ & 0b000111) != 0; }
    bool has_time() const { return (fields_ & 0b111000) != 0; }
    bool has_seconds() const { return (fields_ & 0b100000) != 0; }
    std::size_t width() const { return width_; }  // characters of a text in it
    bool parse(std::string_view text, TimeFields& out) const;
    // False when the year would not come back.
    bool holds(const TimeFields& fields) const;
    std::string_view write(const TimeFields& fields, Arena& arena) const;

  private:
    struct Piece {
        int field = -1;  // 0 year .. 5 second; -1: literal
        int width = 1;
        char literal = 0;
    };
    std::vector<Piece> pieces_;
    unsigned fields_ = 0;
    std::size_t width_ = 0;
    int first_year_ = -1;  // of a year of two digits
};

// RFC 3339 date-time: fields as written, minutes east of UTC. Fractions of seconds are passed over.
struct OffsetTime {
    TimeFields fields;
    int offset_min = 0;
    bool fraction = false;
};
bool parse_rfc3339(std::string_view text, OffsetTime& out);
std::string_view write_rfc3339(const TimeFields& fields, int offset_min, bool z, Arena& arena);
// Seconds since 1970-01-01T00:00:00 of fields taken as UTC, and back.
long long to_seconds(const TimeFields& fields);
TimeFields from_seconds(long long seconds);

}  // namespace headgate::mappings
