#include "base/http_fields.hpp"

#include <algorithm>
#include <cctype>

namespace headgate {

bool is_connections_own(std::string_view field_name) {
    constexpr std::string_view own[] = {"connection", "content-length",  "transfer-encoding",
                                        "keep-alive", "upgrade",         "trailer",
                                        "te",         "proxy-connection"};
    return std::any_of(std::begin(own), std::end(own), [&](std::string_view name) {
        return std::equal(name.begin(), name.end(), field_name.begin(), field_name.end(),
                          [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
    });
}

}  // namespace headgate
