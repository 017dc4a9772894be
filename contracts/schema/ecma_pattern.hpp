// Reads a regular expression of ECMA-262 (with its `u` flag, as JSON Schema means it) and writes what RE2 runs to the
// same effect; says which of the two it isn't.
#pragma once

#include <string>
#include <string_view>

namespace headgate::schema {

struct EcmaPattern {
    std::string fault;  // why it is no regular expression of ECMA-262; empty when it is one
    std::string
        unsupported;  // what in it can't be run in linear time, or would mean something else; empty when nothing
    std::string re2;  // when both are empty
};

// `source` is valid UTF-8. Linear in its length; beyond 10,000 bytes it is unsupported.
EcmaPattern read_ecma_pattern(std::string_view source);

}  // namespace headgate::schema
