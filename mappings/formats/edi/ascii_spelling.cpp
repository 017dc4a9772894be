#include "mappings/formats/edi/ascii_spelling.hpp"

#include <iterator>

namespace headgate::edi {
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

}  // namespace

const char* ascii_spelling(std::uint32_t code_point) {
    if (code_point >= 0xC0 && code_point <= 0xFF) return latin1[code_point - 0xC0];
    if (code_point >= 0x100 && code_point <= 0x17F) return extended_a[code_point - 0x100];
    for (const Spelling& other : others)
        if (other.code_point == code_point) return other.ascii;
    return nullptr;
}

}  // namespace headgate::edi
