// Time stamps as text: RFC 3339 in UTC, with milliseconds, and the dates of HTTP.
#pragma once

#include <string>

#include "base/clock.hpp"

namespace headgate {

// 2026-11-23T09:15:00.000Z
std::string rfc3339(WallTime time);
// Sun, 06 Nov 1994 08:49:37 GMT: the preferred form of HTTP (RFC 9110, section 5.6.7)
std::string http_date(WallTime time);

}  // namespace headgate
