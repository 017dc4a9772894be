// A field of a record: its bytes to a document's text and back; and what ends a record.
#pragma once

#include <string>
#include <string_view>

#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate::fixed_width {

// All return what is wrong, empty when nothing is, and append on success. `null`: no value, which is written as blanks.
std::string read_field(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                       std::string_view bytes, std::string& text, bool& null);
std::string write_field(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                        std::string_view text, bool null, std::string& bytes);
std::string write_terminator(const FixedWidthLayout& layout, const CodePage& page, std::string& bytes);

}  // namespace headgate::fixed_width
