// UTF-8 (RFC 3629): validity, code points and where in a text an offset lies; shared by readers and length checks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace headgate {

// Offset of the first byte that isn't valid UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off); npos when all is.
std::size_t find_invalid_utf8(std::string_view text);
// The longest beginning of valid UTF-8 with at most that many bytes.
std::string_view cut_utf8(std::string_view text, std::size_t most_bytes);
// Code points of valid UTF-8.
std::size_t count_code_points(std::string_view text);
// The code point at `at` of valid UTF-8, which is moved behind it.
std::uint32_t read_code_point(std::string_view text, std::size_t& at);
// The first code point, by which `text` is shortened.
inline std::uint32_t next_code_point(std::string_view& text) {
    std::size_t at = 0;
    std::uint32_t code_point = read_code_point(text, at);
    text.remove_prefix(at);
    return code_point;
}
void append_utf8(std::uint32_t code_point, std::string& out);

// One-based line, and column in code points, of a byte offset.
struct TextPlace {
    int line = 1, column = 1;
};
TextPlace place_of(std::string_view text, std::size_t offset);

// Appends one token to a JSON Pointer (RFC 6901): '/' and the token with ~ and / escaped.
void append_pointer(std::string& pointer, std::string_view token);

}  // namespace headgate
