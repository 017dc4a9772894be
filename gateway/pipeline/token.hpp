// Bearer tokens (RFC 6750): only their SHA-256 digests are kept and compared.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace headgate {

using Digest = std::array<unsigned char, 32>;
Digest sha256(std::string_view text);
// The digest of the token in an Authorization header; nothing when it is no bearer token.
std::optional<Digest> bearer_digest(std::string_view authorization);

}  // namespace headgate
