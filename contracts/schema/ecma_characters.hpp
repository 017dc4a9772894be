// EcmaCharacters: a place in a regular expression of ECMA-262, and what is read there that stands for one character:
// escapes and classes. Groups and repetitions are those of its reader, in ecma_pattern.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contracts/schema/ecma_pattern.hpp"

namespace headgate::schema {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

class EcmaCharacters {
  protected:
    explicit EcmaCharacters(std::string_view source) : source_(source) {}

    struct Item {
        std::string re2;
        std::optional<std::uint32_t> character;  // else a class of its own
    };
    // After the backslash: a class or a character.
    Item escaped(bool in_class);
    // From the bracket on; as RE2 writes it.
    std::string character_class();

    bool next(std::string_view text);  // moves behind it where it stands here
    // The first of each is kept.
    void fault(std::string why);
    void unsupported(std::string what);

    std::string_view source_;
    std::size_t at_ = 0;
    EcmaPattern out_;

  private:
    Item property(bool negated);
    Item class_item();
    std::uint32_t hex(int length);
    std::uint32_t unicode();
};

}  // namespace headgate::schema
