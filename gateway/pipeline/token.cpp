#include "gateway/pipeline/token.hpp"

#include <openssl/evp.h>
#include <strings.h>

namespace headgate {

Digest sha256(std::string_view text) {
    Digest digest{};
    unsigned int length = 0;
    // Fetched once: a lookup by name costs more than the hash.
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_Digest(text.data(), text.size(), digest.data(), &length, algorithm, nullptr);
    return digest;
}

std::optional<Digest> bearer_digest(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.size() <= scheme.size() || authorization.size() > 4096) return std::nullopt;
    if (::strncasecmp(authorization.data(), scheme.data(), scheme.size()) != 0) return std::nullopt;
    std::string_view token = authorization.substr(scheme.size());
    while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
    while (!token.empty() && token.back() == ' ') token.remove_suffix(1);
    if (token.empty() || token.find(' ') != std::string_view::npos) return std::nullopt;
    return sha256(token);
}

}  // namespace headgate
