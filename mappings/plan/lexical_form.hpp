// The lexical forms of XML Schema's types (W3C XML Schema Part 2, section 3.2): several texts are one value, and a
// system may send any of them. One goes on to the codecs.
#pragma once

#include <string_view>

#include "contracts/document/arena.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Without white space around, a plus sign, a point that nothing follows or stands before, a fraction of zeros of a
// whole number; a day without its zone; 24:00:00 as the next day's midnight. Zeros in front stay. What is none of the
// type's texts comes back as it was, but for white space: whoever reads it refuses it. Borrowed from `text` where
// nothing changes, else of the arena.
std::string_view plain_form(LegacyType type, std::string_view text, Arena& arena);

}  // namespace headgate::mappings
