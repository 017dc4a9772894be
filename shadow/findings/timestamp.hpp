// Wall-clock moments as text (RFC 3339, UTC, milliseconds) and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace headgate {

std::string write_timestamp(WallTime when);
std::optional<WallTime> read_timestamp(std::string_view text);

}  // namespace headgate
