#include "base/base64url.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <climits>

namespace headgate {

namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string to_base64url(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // a NUL is written behind it
    EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize((4 * bytes.size() + 2) / 3);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() > INT_MAX / 2) return std::nullopt;
    std::string padded(text);
    std::replace(padded.begin(), padded.end(), '-', '+');
    std::replace(padded.begin(), padded.end(), '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    std::string bytes(3 * (padded.size() / 4), '\0');
    if (EVP_DecodeBlock(bytes_of(bytes), bytes_of(padded), static_cast<int>(padded.size())) < 0) return std::nullopt;
    bytes.resize(3 * text.size() / 4);
    // One spelling alone: no blanks, no other alphabet, no bits that don't count.
    if (to_base64url(bytes) != text) return std::nullopt;
    return bytes;
}

}  // namespace headgate
