// Bearer tokens (RFC 6750): only their SHA-256 digests are kept and compared.
#pragma once

#include <optional>
#include <string_view>

#include "base/digest.hpp"

namespace headgate {

// The digest of the token in an Authorization header; nothing when it is no bearer token.
std::optional<Digest> bearer_digest(std::string_view authorization);

}  // namespace headgate
