// Escapes of the wire-level test data: \r \n \t \f \0 \\ \xHH become the bytes they name.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace headgate {

inline std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        char c = text[++i];
        switch (c) {
            case 'r': out += '\r'; break;
            case 'n': out += '\n'; break;
            case 't': out += '\t'; break;
            case 'f': out += '\f'; break;
            case '0': out += '\0'; break;
            case '\\': out += '\\'; break;
            case 'x': {
                int value = 0, digits = 0;
                while (digits < 2 && i + 1 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1]))) {
                    value = value * 16 + std::stoi(std::string(1, text[++i]), nullptr, 16);
                    ++digits;
                }
                out += static_cast<char>(value);
                break;
            }
            default: out += '\\', out += c;
        }
    }
    return out;
}

}  // namespace headgate
