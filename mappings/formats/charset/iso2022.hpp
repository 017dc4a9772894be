// ISO 2022 with escapes, as ISO-2022-JP-2 has it (RFC 1554): ASCII at both ends, other sets between escape sequences.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate {

// Follows the escape sequences byte by byte, across any split of the bytes.
class Iso2022State {
  public:
    // True when the byte is a character of a one-byte set, and so may be a separator; false within escape sequences and
    // two-byte sets.
    bool plain(char byte);
    // True where a text may begin or end.
    bool at_rest() const { return phase_ == Phase::text && !wide_; }

  private:
    enum class Phase : std::uint8_t { text, escape, one_byte, many_bytes, high, single_shift };
    Phase phase_ = Phase::text;
    bool wide_ = false;
};

// Appends UTF-8 and gives npos, or 0 when the bytes are not such a text or do not end in ASCII.
std::size_t decode_iso2022(std::string_view bytes, std::string& out);
// Appends the bytes of a text, ASCII at both ends; false when it has a character that no set has.
bool encode_iso2022(std::string_view utf8, std::string& out);

}  // namespace headgate
