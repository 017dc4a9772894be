#include "mappings/formats/x12/charset.hpp"

#include <algorithm>
#include <iterator>

namespace headgate::x12 {
namespace {

// U+00C0 to U+00FF: Latin-1's letters. German spelling rules for umlauts; multiplication and division signs have none.
constexpr const char* latin1[] = {"A", "A", "A",  "A",     "Ae", "Aa", "Ae", "C", "E",  "E",  "E",     "E",  "I",
                                  "I", "I", "I",  "D",     "N",  "O",  "O",  "O", "O",  "Oe", nullptr, "Oe", "U",
                                  "U", "U", "Ue", "Y",     "Th", "ss", "a",  "a", "a",  "a",  "ae",    "aa", "ae",
                                  "c", "e", "e",  "e",     "e",  "i",  "i",  "i", "i",  "d",  "n",     "o",  "o",
                                  "o", "o", "oe", nullptr, "oe", "u",  "u",  "u", "ue", "y",  "th",    "y"};

// U+0100 to U+017F: Latin Extended-A, by pairs of capital and small where they alternate.
constexpr const char* extended_a[] = {
    "A", "a", "A", "a", "A", "a", "C",  "c",  "C", "c", "C", "c", "C", "c", "D", "d", "D",  "d",  "E", "e", "E", "e",
    "E", "e", "E", "e", "E", "e", "G",  "g",  "G", "g", "G", "g", "G", "g", "H", "h", "H",  "h",  "I", "i", "I", "i",
    "I", "i", "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k", "k", "L", "l", "L", "l",  "L",  "l", "L", "l", "L",
    "l", "N", "n", "N", "n", "N", "n",  "'n", "N", "n", "O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r",
    "R", "r", "S", "s", "S", "s", "S",  "s",  "S", "s", "T", "t", "T", "t", "T", "t", "U",  "u",  "U", "u", "U", "u",
    "U", "u", "U", "u", "U", "u", "W",  "w",  "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z",  "s"};
static_assert(std::size(latin1) == 64 && std::size(extended_a) == 128);

struct Spelling {
    std::uint32_t code_point;
    const char* ascii;
};
constexpr Spelling others[] = {
    {0x00A0, " "},  {0x00B4, "'"},   {0x0060, "'"},   {0x1E9E, "SS"}, {0x2010, "-"}, {0x2011, "-"},  {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},   {0x2018, "'"},   {0x2019, "'"},  {0x201A, "'"}, {0x201C, "\""}, {0x201D, "\""},
    {0x201E, "\""}, {0x2026, "..."}, {0x20AC, "EUR"}, {0x0218, "S"},  {0x0219, "s"}, {0x021A, "T"},  {0x021B, "t"}};

// Decodes one code point of valid UTF-8 and moves past it.
std::uint32_t next_code_point(std::string_view& text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? byte(0) : byte(0) & (0x7Fu >> length);
    length = std::min(length, text.size());
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(i) & 0x3Fu);
    text.remove_prefix(length);
    return point;
}

}  // namespace

bool in_charset(X12Charset charset, unsigned char c) {
    constexpr std::string_view basic_marks = " !\"&'()*+,-./:;?=", extended_marks = "%~@[]_{}\\|<>#$";
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    if (basic_marks.find(static_cast<char>(c)) != std::string_view::npos) return true;
    if (charset == X12Charset::basic) return false;
    return (c >= 'a' && c <= 'z') || extended_marks.find(static_cast<char>(c)) != std::string_view::npos;
}

const char* ascii_spelling(std::uint32_t code_point) {
    if (code_point >= 0xC0 && code_point <= 0xFF) return latin1[code_point - 0xC0];
    if (code_point >= 0x100 && code_point <= 0x17F) return extended_a[code_point - 0x100];
    for (const Spelling& other : others)
        if (other.code_point == code_point) return other.ascii;
    return nullptr;
}

bool encode(X12Charset charset, std::string_view utf8, std::string& out, std::string& bad) {
    while (!utf8.empty()) {
        std::string_view before = utf8;
        std::uint32_t point = next_code_point(utf8);
        if (point < 0x80 && in_charset(charset, static_cast<unsigned char>(point))) {
            out += static_cast<char>(point);
            continue;
        }
        const char* spelling = charset == X12Charset::ascii_transliterated ? ascii_spelling(point) : nullptr;
        if (!spelling) {
            bad = before.substr(0, before.size() - utf8.size());
            return false;
        }
        out += spelling;
    }
    return true;
}

}  // namespace headgate::x12
