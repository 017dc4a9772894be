// A bounded look at XML's bytes before libxml2 sees them: no DOCTYPE, and caps on what costs more than linear time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::xml {

struct XmlLimits {
    std::size_t bytes = 8 << 20;
    std::uint32_t depth = 64;
    std::uint32_t elements = 200'000;
    std::uint32_t attributes = 64;             // of one element; libxml2 compares each with each
    std::uint32_t attribute_bytes = 64 << 10;  // of one start tag
    std::uint32_t names = 512;                 // different child names of one element
    bool types = false;                        // whether xsi:type is told, as `@xsi:type` without its prefix
};

struct ScanResult {
    std::string fault;  // empty: nothing is wrong so far
    std::size_t offset = 0;
    std::uint32_t elements = 0;
};
// `text` is in a charset that contains ASCII as it is.
ScanResult scan(std::string_view text, const XmlLimits& limits);

// The encoding that the XML declaration names; empty when it names none.
std::string_view declared_encoding(std::string_view text);

}  // namespace headgate::xml
