#include "contracts/registry/percent.hpp"

#include <cstdio>

#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 32) >= 'a' && (c | 32) <= 'f') return (c | 32) - 'a' + 10;
    return -1;
}

// The byte that the escape at this place stands for; -1 when none is there.
int escaped(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size() || text[at] != '%') return -1;
    int high = hex(text[at + 1]), low = hex(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool query) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && query) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            int byte = escaped(text, i);
            if (byte < 0) return std::nullopt;
            out += static_cast<char>(byte);
            i += 2;
        }
    }
    if (out.find('\0') != std::string::npos || find_invalid_utf8(out) != std::string_view::npos) return std::nullopt;
    return out;
}

std::string decode_unreserved(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        int byte = escaped(text, i);
        if (byte < 0 || !is_unreserved(static_cast<char>(byte))) {
            out += text[i];
        } else {
            out += static_cast<char>(byte);
            i += 2;
        }
    }
    return out;
}

void percent_encode(std::string_view text, std::string& out, std::string_view keep) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (char c : text) {
        if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
    }
}

std::string unfit_for_path(std::string_view path) {
    std::size_t at = 0;
    while (at < path.size() &&
           (is_unreserved(path[at]) || std::string_view("/%!$&'()*+,;=:@").find(path[at]) != std::string_view::npos))
        ++at;
    if (at == path.size()) return {};
    std::size_t end = at;
    std::uint32_t code_point = read_code_point(path, end);
    char number[16];
    std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(code_point));
    if (code_point < 32 || code_point == 127) return number;
    std::string character = "'" + std::string(path.substr(at, end - at)) + "'";
    return code_point < 128 ? character : character + " (" + number + ")";
}

}  // namespace headgate
