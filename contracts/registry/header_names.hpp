// Names of header fields in contracts: what may be one, and what a contract can't declare because others write it.
#pragma once

#include <string_view>

namespace headgate {

bool is_header_name(std::string_view text);  // a token (RFC 9110, section 5.6.2)
// Letter case doesn't tell them apart (RFC 9110, section 5.1).
bool is_same_header(std::string_view a, std::string_view b);

struct ForeignHeader {
    const char* why = nullptr;  // nullptr: a contract may declare it
    const char* hint = nullptr;
    explicit operator bool() const { return why != nullptr; }
};
ForeignHeader foreign_to_request(std::string_view name);
ForeignHeader foreign_to_response(std::string_view name);

}  // namespace headgate
