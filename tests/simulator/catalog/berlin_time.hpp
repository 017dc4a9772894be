// Local time Europe/Berlin, as the legacy systems write it, against UTC, as the new services do.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

using Instant = std::chrono::sys_seconds;

Instant now();
// "yyyy-MM-dd HH:mm:ss" (a fraction is cut off). Of an ambiguous local time the later instant; of one that never was,
// the first instant after the gap.
std::optional<Instant> instant_of_local(std::string_view text);
std::string local_text(Instant instant);         // "yyyy-MM-dd HH:mm:ss"
std::string german_local_text(Instant instant);  // "dd.MM.yyyy HH:mm:ss"
std::string iso_local_text(Instant instant);     // "yyyy-MM-ddTHH:mm:ss+01:00"
std::string utc_text(Instant instant);           // "yyyy-MM-ddTHH:mm:ssZ"
std::string utc_text_now_ms();                   // with milliseconds
// "yyyy-MM-dd HH:mm:ss" -> "dd.MM.yyyy HH:mm:ss", without looking at a zone.
std::string german_text(std::string_view local);
std::string local_of_german(std::string_view german);  // back; `german` is one
bool is_german_local_text(std::string_view text);

}  // namespace simulator
