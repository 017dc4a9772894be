#include "gateway/pipeline/token.hpp"

#include <strings.h>

namespace headgate {

std::optional<Digest> bearer_digest(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.size() <= scheme.size() || authorization.size() > 4096) return std::nullopt;
    if (::strncasecmp(authorization.data(), scheme.data(), scheme.size()) != 0) return std::nullopt;
    return key_digest(authorization.substr(scheme.size()));
}

std::optional<Digest> key_digest(std::string_view token) {
    if (token.size() > 4096) return std::nullopt;
    while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
    while (!token.empty() && token.back() == ' ') token.remove_suffix(1);
    if (token.empty() || token.find(' ') != std::string_view::npos) return std::nullopt;
    return sha256(token);
}

std::string challenge(const Credential& credential) {
    // The name is a token, which needs no escapes between quotes.
    return credential.header.empty() ? "Bearer" : "ApiKey header=\"" + credential.header + '"';
}

}  // namespace headgate
