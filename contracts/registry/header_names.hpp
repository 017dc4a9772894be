// Names of header fields that a contract can't declare, because others write them.
#pragma once

#include <string_view>

namespace headgate {

struct ForeignHeader {
    const char* why = nullptr;  // nullptr: a contract may declare it
    const char* hint = nullptr;
    explicit operator bool() const { return why != nullptr; }
};
ForeignHeader foreign_to_request(std::string_view name);
ForeignHeader foreign_to_response(std::string_view name);

}  // namespace headgate
