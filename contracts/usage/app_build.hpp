// App builds: which build of a caller's app a request says that it comes from, made safe to keep and to show.
#pragma once

#include <span>
#include <string_view>

namespace headgate {

inline constexpr std::size_t longest_build = 40;
inline constexpr std::string_view unknown_build = "unknown", other_build = "other";

// The first word of a header's value: `3.1.4`, or `storefront-ios/3.1.4` of a User-Agent. It is cut at 40 bytes; what
// is no letter, digit or one of . _ - + : / ~ becomes `_`. No word: `unknown`. The result may lie in `room`.
std::string_view app_build(std::string_view header, std::span<char, longest_build> room);

}  // namespace headgate
