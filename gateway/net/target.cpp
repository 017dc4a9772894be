#include "gateway/net/target.hpp"

#include "base/ascii.hpp"
#include "gateway/net/characters.hpp"
#include "gateway/net/head.hpp"

namespace headgate::net {
namespace {

bool is_path_and_query(std::string_view text) {
    if (!all(text, target_char)) return false;
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (at + 2 >= text.size() || !all(text.substr(at + 1, 2), hex_char)) return false;
    return true;
}

bool is_scheme(std::string_view text) {
    return equals_ignoring_case(text, "http") || equals_ignoring_case(text, "https");
}

}  // namespace

std::string_view read_target(std::string_view text, Target& out) {
    out = {};
    if (!text.starts_with('/')) {
        auto scheme_end = text.find("://");
        if (scheme_end == std::string_view::npos || !is_scheme(text.substr(0, scheme_end)))
            return "the request target is neither a path nor an http URI";
        text.remove_prefix(scheme_end + 3);
        out.authority = text.substr(0, text.find_first_of("/?"));
        text.remove_prefix(out.authority.size());
        // RFC 9110, section 4.2.4: it would make another host look like this one.
        if (out.authority.find('@') != std::string_view::npos) return "the request target names a user";
        if (!is_host(out.authority)) return "the host of the request target is malformed";
    }
    if (!is_path_and_query(text)) return "the request target holds a character or an escape that is not allowed";
    auto question = text.find('?');
    out.path = question == 0 || text.empty() ? "/" : text.substr(0, question);
    if (question != std::string_view::npos) out.query = text.substr(question + 1);
    return {};
}

bool is_host(std::string_view value) {
    if (value.size() > 255) return false;
    std::string_view host = value, port;
    if (value.starts_with('[')) {
        auto close = value.find(']');
        if (close == std::string_view::npos || close == 1) return false;
        for (char c : value.substr(1, close - 1))
            if (!(classes[static_cast<unsigned char>(c)] & hex_char) && c != ':' && c != '.') return false;
        auto rest = value.substr(close + 1);
        if (!rest.empty() && rest[0] != ':') return false;
        port = rest.empty() ? rest : rest.substr(1);
    } else {
        auto colon = value.find(':');
        host = value.substr(0, colon);
        if (colon != std::string_view::npos) port = value.substr(colon + 1);
        if (host.empty() || !all(host, host_char)) return false;
    }
    if (port.size() > 5) return false;
    for (char c : port)
        if (c < '0' || c > '9') return false;
    return true;
}

}  // namespace headgate::net
