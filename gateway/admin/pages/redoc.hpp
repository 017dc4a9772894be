// Redoc (MIT licence, its notice stands in the file itself), the script of the contracts' reference pages, as it lies
// in the binary.
#pragma once

#include <string>
#include <string_view>

namespace headgate {

std::string_view redoc_gzip();  // RFC 1952
std::string redoc_plain();      // for the rare caller that takes no gzip
}  // namespace headgate
