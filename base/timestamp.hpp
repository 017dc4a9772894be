// Time stamps as text: RFC 3339 in UTC, with milliseconds.
#pragma once

#include <string>

#include "base/clock.hpp"

namespace headgate {

// 2026-11-23T09:15:00.000Z
std::string rfc3339(WallTime time);

}  // namespace headgate
