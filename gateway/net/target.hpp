// The target of a request and the host that it is for (RFC 9112, section 3.2): read strictly, no I/O, no allocation.
#pragma once

#include <string_view>

namespace headgate::net {

struct Target {
    std::string_view authority;  // of the absolute form: counts, whatever Host says; empty: origin form
    std::string_view path, query;
};

// `/path?query` or `http://host:port/path?query` (https too, in letters of any case), with whole escapes and without a
// user or a fragment; views into `text`. Gives why another target is refused, or nothing.
std::string_view read_target(std::string_view text, Target& out);

// uri-host [":" port]; percent escapes in a host serve nobody but those who hide.
bool is_host(std::string_view value);

}  // namespace headgate::net
