// Percent-encoding (RFC 3986, section 2.1) of path segments and query values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headgate {

// Nothing when a '%' is not followed by two hexadecimal digits, or when the result is no UTF-8 or holds a NUL.
// In a query '+' is a blank, as forms write it.
std::optional<std::string> percent_decode(std::string_view text, bool query);
// Unreserved characters in place of their escapes, which mean the same (section 6.2.2.2); other escapes stay, %25 and
// %2F among them.
std::string decode_unreserved(std::string_view text);
// Everything but unreserved characters and those to keep.
void percent_encode(std::string_view text, std::string& out, std::string_view keep = {});

// The first character that no path holds unless it is encoded (section 3.3), as people are shown it; empty: there is
// none. `path` is valid UTF-8; '%' is taken for one that begins an encoded character.
std::string unfit_for_path(std::string_view path);
inline constexpr const char* fit_for_path = "letters, digits and -._~!$&'()*+,;=:@";

}  // namespace headgate
