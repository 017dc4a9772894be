// Header fields (RFC 9110, section 5), as contracts, pipeline and connections all speak of them.
#pragma once

#include <string_view>

namespace headgate {

// A token (section 5.6.2): names of fields, methods.
bool is_token(std::string_view text);
// Without the blanks and tabs around it (section 5.6.3).
std::string_view trim(std::string_view text);
// No part of a message, the two ends of a connection write them for themselves (section 7.6.1): Connection,
// Content-Length, Transfer-Encoding, ... in any letter case.
bool is_connections_own(std::string_view field_name);

}  // namespace headgate
