#include "base/http_client.hpp"

#include <algorithm>

namespace headgate {

Result<HttpUrl> parse_http_url(std::string_view url) {
    auto fail = [&](std::string_view why) {
        return Error{ErrorKind::configuration, "'" + std::string(url) + "' is not a usable URL: " + std::string(why)};
    };
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return fail("it must begin with http://");
    url.remove_prefix(scheme.size());
    auto slash = url.find('/');
    std::string_view authority = url.substr(0, slash);
    HttpUrl out;
    out.path = slash == std::string_view::npos ? "/" : std::string(url.substr(slash));
    if (out.path.find_first_of("?#") != std::string::npos) return fail("query and fragment are not allowed here");
    if (authority.find('@') != std::string_view::npos) return fail("credentials don't belong in a URL");
    std::string_view host = authority, port = "80";
    if (authority.starts_with('[')) {
        auto close = authority.find(']');
        if (close == std::string_view::npos) return fail("']' is missing");
        host = authority.substr(1, close - 1);
        auto rest = authority.substr(close + 1);
        if (!rest.empty() && rest[0] != ':') return fail("':' expected after ']'");
        if (!rest.empty()) port = rest.substr(1);
    } else if (auto colon = authority.rfind(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    if (host.empty()) return fail("the host is missing");
    bool digits = !port.empty() && port.size() <= 5 &&
                  std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || std::stoi(std::string(port)) < 1 || std::stoi(std::string(port)) > 65535)
        return fail("the port must be from 1 to 65535");
    out.origin = {std::string(host), std::string(port), std::string(authority)};
    return out;
}

}  // namespace headgate
