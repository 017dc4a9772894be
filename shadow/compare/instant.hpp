// Instant: a date-time text (RFC 3339) as the moment it names, so that offsets and trailing zeros don't differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headgate {

struct Instant {
    std::int64_t seconds = 0;   // since 1970-01-01T00:00:00Z
    std::string_view fraction;  // digits after the point, without trailing zeros; a view into the text

    bool operator==(const Instant&) const = default;
    bool before(const Instant& other) const {
        return seconds != other.seconds ? seconds < other.seconds : fraction < other.fraction;
    }
};

// Nothing when the text is no date-time: then it is compared as text.
std::optional<Instant> read_instant(std::string_view text);

}  // namespace headgate
