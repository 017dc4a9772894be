// What a byte may be part of in a head (RFC 9110, section 5; RFC 3986), by table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace headgate::net {

enum : std::uint8_t { value_char = 1, target_char = 2, host_char = 4, hex_char = 8 };

constexpr std::array<std::uint8_t, 256> classify() {
    std::array<std::uint8_t, 256> out{};
    auto add = [&](std::string_view chars, int kind) {
        for (char c : chars) out[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(kind);
    };
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", digits = "0123456789";
    add(letters, target_char | host_char);
    add(digits, target_char | host_char | hex_char);
    add("abcdefABCDEF", hex_char);
    // RFC 3986 pchar, '/', '?', and the brackets that many clients leave plain in queries.
    add("-._~!$&'()*+,;=:@/?%[]", target_char);
    add("-._~!$&'()*+,;=", host_char);
    add("\t", value_char);
    for (int c = 0x20; c < 256; ++c)
        if (c != 0x7f) out[static_cast<std::size_t>(c)] |= value_char;
    return out;
}
inline constexpr auto classes = classify();

inline bool all(std::string_view text, int kind) {
    for (char c : text)
        if (!(classes[static_cast<unsigned char>(c)] & kind)) return false;
    return true;
}

}  // namespace headgate::net
