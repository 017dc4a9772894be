#include "shadow/findings/timestamp.hpp"

#include "shadow/compare/instant.hpp"

namespace headgate {

std::optional<WallTime> read_timestamp(std::string_view text) {
    auto instant = read_instant(text);
    if (!instant) return std::nullopt;
    int ms = 0;
    for (std::size_t i = 0; i < 3; ++i) ms = ms * 10 + (i < instant->fraction.size() ? instant->fraction[i] - '0' : 0);
    return WallTime(std::chrono::seconds(instant->seconds) + milliseconds(ms));
}

}  // namespace headgate
