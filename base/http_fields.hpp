// Header fields that are no part of a message: the two ends of a connection write them for themselves.
#pragma once

#include <string_view>

namespace headgate {

// Connection, Content-Length, Transfer-Encoding, ... (RFC 9110, section 7.6.1) in any letter case.
bool is_connections_own(std::string_view field_name);

}  // namespace headgate
