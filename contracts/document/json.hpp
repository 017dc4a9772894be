// JSON text in and out of documents (RFC 8259), strict at the front door.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"

namespace headgate {

struct JsonLimits {
    std::uint32_t depth = 64;
    std::size_t bytes = 8 * 1024 * 1024;
    std::size_t values = 1'000'000;
    std::uint32_t number_digits = 64;   // significant digits of a number's text
    std::uint32_t number_length = 256;  // its whole length
    std::uint32_t exponent_digits = 3;  // digits of its exponent
    bool nul = false;                   // accept \u0000 in a string: legal JSON, but no legacy system can carry it
};

// Refuses duplicate keys, depth, NUL, invalid UTF-8, lone surrogates and whatever follows the value. The document lives
// in the builder's arena; strings without escapes are views into `text`, which must outlive it when `borrow` is true.
// The error is invalid_message; its message names line and column, its pointer the place reached.
Result<Value> read_json(std::string_view text, Builder& builder, const JsonLimits& limits = {}, bool borrow = true);

// Appends compact JSON; numbers as their text.
void write_json(const Value& value, std::string& out);
std::string to_json(const Value& value);

}  // namespace headgate
