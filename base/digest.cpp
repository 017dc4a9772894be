#include "base/digest.hpp"

#include <openssl/evp.h>

namespace headgate {

Digest sha256(std::string_view text) {
    Digest digest{};
    unsigned int length = 0;
    // Fetched once: a lookup by name costs more than the hash.
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_Digest(text.data(), text.size(), digest.data(), &length, algorithm, nullptr);
    return digest;
}

}  // namespace headgate
