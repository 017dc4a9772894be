// Repertoire: which characters may stand in the data of an EDI file, and how its bytes are UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mappings/formats/charset/charset.hpp"

namespace headgate::edi {

enum class Dialect : std::uint8_t { x12, edifact };

// A value. Control characters are in none of them.
class Repertoire {
  public:
    // X12 (X12.5): `basic` (upper case, digits, most punctuation), `extended` (all printable ASCII but ^ and `),
    // `ascii-transliterated` (the same; letters beyond ASCII are written in their usual spelling, ä as ae), or the name
    // of a charset that the partners agreed on.
    // EDIFACT (ISO 9735, 0001): UNOA, UNOB (restricted sets of ASCII), UNOC to UNOL (ISO 8859), UNOW and UNOY (UTF-8),
    // UNOX (ISO 2022 escapes, as ISO-2022-JP-2 has them).
    // Nothing when there is none of that name.
    static std::optional<Repertoire> find(Dialect dialect, std::string_view name);

    Repertoire() = default;  // X12 basic
    const std::string& name() const { return name_; }
    bool escapes() const { return kind_ == Kind::iso2022; }

    // Appends UTF-8; npos, or the offset of the first byte that means nothing here.
    std::size_t decode(std::string_view bytes, std::string& out) const;
    // Appends bytes. False at a character that has no place here; then `bad` is that character as it came.
    bool encode(std::string_view utf8, std::string& out, std::string& bad) const;
    // True where text counts as it is written, character by character, and not as the UTF-8 that it came from.
    bool respells() const { return kind_ == Kind::transliterated; }

  private:
    enum class Kind : std::uint8_t { basic, extended, transliterated, unoa, unob, table, iso2022 };
    bool has(std::uint32_t point) const;

    Kind kind_ = Kind::basic;
    const Charset* charset_ = nullptr;  // of a table
    std::string name_ = "basic";
};

}  // namespace headgate::edi
