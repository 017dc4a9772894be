#include "contracts/document/utf8.hpp"

#include <algorithm>
#include <cstring>

namespace headgate {

std::size_t find_invalid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t at = 0, size = text.size();
    while (at < size) {
        while (at + 8 <= size) {  // eight ASCII bytes at a time
            std::uint64_t word;
            std::memcpy(&word, bytes + at, 8);
            if (word & 0x8080808080808080u) break;
            at += 8;
        }
        if (at >= size) break;
        unsigned char lead = bytes[at];
        if (lead < 0x80) {
            ++at;
            continue;
        }
        std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > size) return at;
        unsigned char second = bytes[at + 1];
        unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) return at;
        for (std::size_t i = 2; i < length; ++i)
            if ((bytes[at + i] & 0xC0) != 0x80) return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string_view cut_utf8(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xC0) == 0x80) --most_bytes;
    return text.substr(0, most_bytes);
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::uint32_t read_code_point(std::string_view text, std::size_t& at) {
    auto first = static_cast<unsigned char>(text[at]);
    int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    std::uint32_t code_point = more == 0 ? first : first & (0x3Fu >> more);
    for (++at; more > 0 && at < text.size(); --more)
        code_point = code_point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
    return code_point;
}

void append_utf8(std::uint32_t code_point, std::string& out) {
    auto push = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        push(code_point);
    } else if (code_point < 0x800) {
        push(0xC0 | code_point >> 6);
        push(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        push(0xE0 | code_point >> 12);
        push(0x80 | (code_point >> 6 & 0x3F));
        push(0x80 | (code_point & 0x3F));
    } else {
        push(0xF0 | code_point >> 18);
        push(0x80 | (code_point >> 12 & 0x3F));
        push(0x80 | (code_point >> 6 & 0x3F));
        push(0x80 | (code_point & 0x3F));
    }
}

TextPlace place_of(std::string_view text, std::size_t offset) {
    TextPlace place;
    for (char c : text.substr(0, offset)) {
        if (c == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

void append_pointer(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

}  // namespace headgate
