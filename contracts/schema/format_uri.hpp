// URIs (RFC 3986) and the addresses inside them: checked as formats, resolved as references between schemas.
#pragma once

#include <string>
#include <string_view>

namespace headgate::schema {

bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);
bool is_uri(std::string_view text);  // absolute: has a scheme
bool is_uri_reference(std::string_view text);

// The reference seen from the base (section 5.2), without its fragment. The base may be a plain path of a file.
std::string resolve_uri(std::string_view base, std::string_view reference);

}  // namespace headgate::schema
