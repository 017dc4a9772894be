// Formats of JSON Schema 2020-12 that contracts assert, each by the RFC that the specification names.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace headgate::schema {

enum class Format : std::uint8_t {
    none,
    date_time,  // RFC 3339, section 5.6
    date,
    time,
    duration,  // RFC 3339, appendix A
    email,     // RFC 5321, section 4.1.2: a Mailbox, quoted local parts and address literals too
    hostname,  // RFC 1123, section 2.1
    ipv4,      // RFC 2673, section 3.2
    ipv6,      // RFC 4291, section 2.2
    uri,       // RFC 3986, absolute
    uri_reference,
    uuid,          // RFC 4122
    json_pointer,  // RFC 6901
    regex          // ECMA-262 with the u flag: whether it is one, not whether this engine runs it
};

// Format::none when it isn't known.
Format format_of(std::string_view name);
std::string_view name(Format format);
const std::vector<std::string_view>& format_names();
// `text` is valid UTF-8.
bool conforms(Format format, std::string_view text);

}  // namespace headgate::schema
