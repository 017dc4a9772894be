// Numbers of COBOL's kinds as bytes: digits of a character set with or without a sign, packed decimal, binary; each to
// the digits of a field and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate::fixed_width {

struct Number {
    bool negative = false;
    std::string digits;  // as many as the field has, the most significant first
};

// -12.50 with two places. Negative zero keeps its sign: it comes back as the bytes it was.
std::string plain_text(const Number& number, std::size_t places);
// The number of a plain decimal text, as the field holds it: nothing is rounded, zeros in front are refused. What is
// wrong, empty when nothing is.
std::string parse_plain(std::string_view text, const FixedField& field, Number& out);

// All read the field's bytes. `other_signs` lets signs of other conventions pass: no zone at all as plus, C as the sign
// of an unsigned packed number, A, E and F as plus, B as minus.
std::string read_digits(std::string_view bytes, const FixedField& field, const CodePage& page, bool other_signs,
                        Number& out);
std::string read_packed(std::string_view bytes, const FixedField& field, bool other_signs, Number& out);
std::string read_binary(std::string_view bytes, const FixedField& field, Number& out);

// All append the field's bytes. A binary number may be too large for its bytes.
void write_digits(const Number& number, const FixedField& field, const CodePage& page, std::string& out);
void write_packed(const Number& number, const FixedField& field, std::string& out);
std::string write_binary(const Number& number, const FixedField& field, std::string& out);

// The last digit of an overpunched number: { A to I for +0 to +9 and } J to R for -0 to -9 where letters are ASCII's,
// the zones C and D where they are EBCDIC's (there these are the same letters in CP037, but not in every country's
// set).
struct Punched {
    int digit;
    bool negative;
};
std::optional<Punched> punched(CodePage::Family family, unsigned char byte, bool other_signs);
unsigned char punch(CodePage::Family family, int digit, bool negative);

}  // namespace headgate::fixed_width
