#include "contracts/schema/format_uri.hpp"

#include <algorithm>
#include <vector>

namespace headgate::schema {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }
bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
bool is_unreserved(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }
bool is_sub_delimiter(char c) { return std::string_view("!$&'()*+,;=").find(c) != std::string_view::npos; }

// Every character is unreserved, a sub-delimiter, one of `also`, or %XX.
bool made_of(std::string_view text, std::string_view also) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
        } else if (!is_unreserved(text[i]) && !is_sub_delimiter(text[i]) &&
                   also.find(text[i]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

struct Parts {
    std::string_view scheme, authority, path, query, fragment;
    bool has_authority = false, has_query = false, has_fragment = false;
};

Parts split(std::string_view text) {
    Parts parts;
    if (auto at = text.find('#'); at != std::string_view::npos) {
        parts.has_fragment = true;
        parts.fragment = text.substr(at + 1);
        text = text.substr(0, at);
    }
    if (auto at = text.find('?'); at != std::string_view::npos) {
        parts.has_query = true;
        parts.query = text.substr(at + 1);
        text = text.substr(0, at);
    }
    auto colon = text.find(':');
    if (colon != std::string_view::npos && colon > 0 && text.find('/') > colon) {
        bool scheme = is_alpha(text[0]);
        for (char c : text.substr(0, colon))
            scheme = scheme && (is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.');
        if (scheme) {
            parts.scheme = text.substr(0, colon);
            text.remove_prefix(colon + 1);
        }
    }
    if (text.starts_with("//")) {
        parts.has_authority = true;
        auto end = text.find('/', 2);
        parts.authority = text.substr(2, end == std::string_view::npos ? end : end - 2);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    parts.path = text;
    return parts;
}

// IPvFuture: a version in hexadecimal, a point, and what that version says.
bool is_future_address(std::string_view text) {
    std::size_t point = text.find('.');
    if (text.empty() || (text[0] | 32) != 'v' || point == std::string_view::npos || point < 2) return false;
    std::string_view version = text.substr(1, point - 1), address = text.substr(point + 1);
    return !address.empty() && std::all_of(version.begin(), version.end(), is_hex) &&
           address.find('%') == std::string_view::npos && made_of(address, ":");
}

bool valid_authority(std::string_view authority) {
    if (auto at = authority.rfind('@'); at != std::string_view::npos) {
        if (!made_of(authority.substr(0, at), ":")) return false;
        authority.remove_prefix(at + 1);
    }
    std::string_view port;
    if (authority.starts_with('[')) {
        auto close = authority.find(']');
        if (close == std::string_view::npos) return false;
        std::string_view address = authority.substr(1, close - 1);
        if (!is_ipv6(address) && !is_future_address(address)) return false;
        port = authority.substr(close + 1);
        if (!port.empty() && port.front() != ':') return false;
    } else {
        auto colon = authority.find(':');
        if (!made_of(authority.substr(0, colon), "")) return false;
        if (colon != std::string_view::npos) port = authority.substr(colon);
    }
    for (char c : port.substr(port.empty() ? 0 : 1))
        if (!is_digit(c)) return false;
    return true;
}

bool valid_parts(std::string_view text, const Parts& parts) {
    if (parts.has_authority && !valid_authority(parts.authority)) return false;
    // A first segment with a colon would be read as a scheme.
    if (parts.scheme.empty() && !parts.has_authority &&
        parts.path.substr(0, parts.path.find('/')).find(':') != std::string_view::npos)
        return false;
    return made_of(parts.path, ":@/") && made_of(parts.query, ":@/?") && made_of(parts.fragment, ":@/?") &&
           text.find('\\') == std::string_view::npos;
}

// Section 5.2.4, on segments.
std::string without_dots(std::string_view path) {
    bool rooted = path.starts_with('/');
    std::vector<std::string_view> kept;
    bool ends_open = false;  // the last segment was a dot: the path ends with '/'
    std::size_t at = rooted ? 1 : 0;
    while (at <= path.size()) {
        std::size_t end = std::min(path.find('/', at), path.size());
        std::string_view segment = path.substr(at, end - at);
        ends_open = segment == "." || segment == "..";
        if (segment == "..") {
            if (!kept.empty() && kept.back() != "..")
                kept.pop_back();
            else if (!rooted)
                kept.push_back(segment);
        } else if (segment != ".") {
            kept.push_back(segment);
        }
        at = end + 1;
    }
    std::string out = rooted ? "/" : "";
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i > 0) out += '/';
        out += kept[i];
    }
    if (ends_open && !kept.empty()) out += '/';
    return out;
}

}  // namespace

bool is_ipv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        std::size_t end = part < 3 ? text.find('.') : text.size();
        if (end == std::string_view::npos || end == 0 || end > 3) return false;
        int number = 0;
        for (char c : text.substr(0, end)) {
            if (!is_digit(c)) return false;
            number = number * 10 + (c - '0');
        }
        if (number > 255 || (end > 1 && text[0] == '0')) return false;
        text.remove_prefix(part < 3 ? end + 1 : end);
    }
    return text.empty();
}

bool is_ipv6(std::string_view text) {
    int groups = 0;
    bool shortened = false;
    if (text.starts_with("::")) {
        shortened = true;
        text.remove_prefix(2);
        if (text.empty()) return true;
    }
    while (true) {
        std::size_t end = std::min(text.find(':'), text.size());
        std::string_view group = text.substr(0, end);
        if (end == text.size() && group.find('.') != std::string_view::npos) {
            if (!is_ipv4(group)) return false;
            groups += 2;
            break;
        }
        if (group.empty() || group.size() > 4) return false;
        for (char c : group)
            if (!is_hex(c)) return false;
        ++groups;
        if (end == text.size()) break;
        text.remove_prefix(end + 1);
        if (text.starts_with(':')) {
            if (shortened) return false;
            shortened = true;
            text.remove_prefix(1);
            if (text.empty()) break;
        } else if (text.empty()) {
            return false;
        }
    }
    return shortened ? groups < 8 : groups == 8;
}

bool is_uri(std::string_view text) {
    Parts parts = split(text);
    return !parts.scheme.empty() && valid_parts(text, parts);
}

bool is_uri_reference(std::string_view text) { return valid_parts(text, split(text)); }

std::string resolve_uri(std::string_view base, std::string_view reference) {
    Parts to = split(reference), from = split(base);
    Parts target;
    std::string path;
    if (!to.scheme.empty()) {
        target = to;
        path = to.path;
        // A URN's path has no segments to normalise.
        if (to.has_authority || path.starts_with('/')) path = without_dots(path);
    } else {
        target.scheme = from.scheme;
        target.has_authority = to.has_authority || from.has_authority;
        target.authority = to.has_authority ? to.authority : from.authority;
        target.has_query = to.has_query;
        target.query = to.query;
        if (to.has_authority || to.path.starts_with('/')) {
            path = without_dots(to.path);
        } else if (to.path.empty()) {
            path = from.path;
            if (!to.has_query) {
                target.has_query = from.has_query;
                target.query = from.query;
            }
        } else {
            auto slash = from.path.rfind('/');
            std::string merged = from.has_authority && from.path.empty() ? "/"
                                 : slash == std::string_view::npos       ? ""
                                                                         : std::string(from.path.substr(0, slash + 1));
            path = without_dots(merged.append(to.path));
        }
    }
    std::string out;
    if (!target.scheme.empty()) out.append(target.scheme).append(":");
    if (target.has_authority) out.append("//").append(target.authority);
    out += path;
    if (target.has_query) out.append("?").append(target.query);
    return out;
}

}  // namespace headgate::schema
