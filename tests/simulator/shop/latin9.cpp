// ISO-8859-15 is Latin-1 but for eight places.
#include "tests/simulator/shop/latin9.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace simulator {
namespace {

constexpr std::array<std::pair<unsigned char, std::uint32_t>, 8> differing{{{0xA4, 0x20AC},
                                                                            {0xA6, 0x0160},
                                                                            {0xA8, 0x0161},
                                                                            {0xB4, 0x017D},
                                                                            {0xB8, 0x017E},
                                                                            {0xBC, 0x0152},
                                                                            {0xBD, 0x0153},
                                                                            {0xBE, 0x0178}}};

// Reads one character and moves on; nothing for what is no UTF-8.
std::optional<std::uint32_t> next_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : (lead & 0xF0) == 0xE0       ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || text.size() < length) return std::nullopt;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
        code = code << 6 | (byte(i) & 0x3Fu);
    }
    if ((length == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
        (length == 4 && (code < 0x10000 || code > 0x10FFFF)))
        return std::nullopt;
    text.remove_prefix(length);
    return code;
}

}  // namespace

std::string utf8_of_latin9(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        std::uint32_t code = static_cast<unsigned char>(c);
        for (const auto& [place, character] : differing)
            if (code == place) {
                code = character;
                break;
            }
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else if (code < 0x800) {
            out += static_cast<char>(0xC0 | code >> 6);
            out += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            out += static_cast<char>(0xE0 | code >> 12);
            out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    return out;
}

std::optional<std::string> latin9_of_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto code = next_character(text);
        if (!code) return std::nullopt;
        bool placed = false;
        bool taken = false;
        for (const auto& [place, character] : differing) {
            if (*code == character) {
                out += static_cast<char>(place);
                placed = true;
            }
            taken = taken || *code == place;
        }
        if (placed) continue;
        if (*code > 0xFF || taken) return std::nullopt;
        out += static_cast<char>(*code);
    }
    return out;
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!next_character(text)) return false;
    return true;
}

}  // namespace simulator
