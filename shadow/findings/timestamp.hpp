// Time stamps (base/timestamp.hpp) read back.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"

namespace headgate {

std::optional<WallTime> read_timestamp(std::string_view text);

}  // namespace headgate
