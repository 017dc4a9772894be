// Bytes as text that fits an address: base64url without padding (RFC 4648, section 5), by OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headgate {

std::string to_base64url(std::string_view bytes);
// Nothing unless `text` is exactly what to_base64url makes of some bytes.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace headgate
