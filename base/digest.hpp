// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <array>
#include <string_view>

namespace headgate {

using Digest = std::array<unsigned char, 32>;
Digest sha256(std::string_view text);

}  // namespace headgate
