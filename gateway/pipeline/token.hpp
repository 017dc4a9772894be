// Tokens, as bearer (RFC 6750) or in a header of their own: only their SHA-256 digests are kept and compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "contracts/registry/contract.hpp"

namespace headgate {

// The digest of the token in an Authorization header; nothing when it is no bearer token.
std::optional<Digest> bearer_digest(std::string_view authorization);
// The digest of a header that is a token; nothing when it can't be one.
std::optional<Digest> key_digest(std::string_view value);
// What to show, as the challenge of a 401 (RFC 9110, section 11.6.1): `Bearer`, or `ApiKey header="X-Api-Key"`.
std::string challenge(const Credential& credential);

}  // namespace headgate
