// CodePage: a character set of one byte a character, of ASCII's kind or EBCDIC (CP037, IBM273, IBM1141...), as a table
// both ways that iconv fills once a process; for records whose fields lie at byte positions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate {

// Immutable, lives for the whole process. Text in which a reader looks for marks of ASCII is a Charset's.
class CodePage {
  public:
    enum class Family : std::uint8_t { ascii, ebcdic };  // where letters and digits lie

    // By any name iconv knows, case-insensitive; nullptr when unknown, multi-byte, or when letters, digits, blank and
    // signs lie neither as in ASCII nor as in EBCDIC. Takes a lock: look it up at load or keep the pointer.
    static const CodePage* find(std::string_view name);

    const std::string& name() const { return name_; }
    Family family() const { return family_; }
    bool has_ascii() const { return has_ascii_; }  // all of it, each character at its own place

    static constexpr std::uint32_t nothing = 0xFFFFFFFF;
    // The code point of a byte, or `nothing`.
    std::uint32_t point(unsigned char byte) const { return points_[byte]; }
    // The byte of a code point, -1 when the set has not that character.
    int byte(std::uint32_t point) const;

    // Appends UTF-8. Returns the offset of the first byte that means nothing in this set, npos when all do.
    std::size_t decode(std::string_view bytes, std::string& out) const;
    // Appends bytes from valid UTF-8. Returns the offset of the first character that the set has not, npos when all.
    std::size_t encode(std::string_view utf8, std::string& out) const;

    explicit CodePage(std::string name) : name_(std::move(name)) {}

  private:
    bool fill();  // false when the set can't be used
    bool classify();

    std::string name_;
    Family family_ = Family::ascii;
    bool has_ascii_ = false;
    std::array<std::uint32_t, 256> points_{};
    std::array<std::int16_t, 256> low_{};                          // bytes of the code points below 256
    std::vector<std::pair<std::uint32_t, unsigned char>> beyond_;  // sorted by code point
};

}  // namespace headgate
