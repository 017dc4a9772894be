#include "gateway/net/head.hpp"

#include <cstring>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"
#include "gateway/net/characters.hpp"
#include "gateway/net/target.hpp"

namespace headgate::net {
namespace {

// Digits only; 18 of them can't overflow and are more than any bound.
bool read_length(std::string_view text, std::uint64_t& out) {
    if (text.empty() || text.size() > 18) return false;
    out = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return false;
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
}

// What the fields that frame a message said, however it goes on, and how often those came that may come once.
struct Framed {
    int lengths = 0, codings = 0, hosts = 0, content_types = 0, authorizations = 0;
    bool connection_valid = true, close = false, keep_alive = false, chunked = false, host_valid = false,
         length_valid = false;
    std::string_view expect = {};
    bool has_expect = false;
    std::uint64_t length = 0;
};

void note_connection(std::string_view value, Framed& framed) {
    while (!value.empty()) {
        auto comma = value.find(',');
        auto option = trim(value.substr(0, comma));
        if (equals_ignoring_case(option, "close")) framed.close = true;
        if (equals_ignoring_case(option, "keep-alive")) framed.keep_alive = true;
        if (!option.empty() && !is_token(option)) framed.connection_valid = false;
        if (comma == std::string_view::npos) break;
        value.remove_prefix(comma + 1);
    }
}

void note(std::string_view name, std::string_view value, Framed& framed) {
    switch (name.size()) {
        case 4:
            if (equals_ignoring_case(name, "host")) ++framed.hosts, framed.host_valid = is_host(value);
            break;
        case 6:
            if (equals_ignoring_case(name, "expect")) {
                // A second Expect can't be met as one.
                framed.expect = framed.has_expect ? std::string_view("?") : value;
                framed.has_expect = true;
            }
            break;
        case 10:
            if (equals_ignoring_case(name, "connection")) note_connection(value, framed);
            break;
        case 12:
            if (equals_ignoring_case(name, "content-type")) ++framed.content_types;
            break;
        case 13:
            if (equals_ignoring_case(name, "authorization")) ++framed.authorizations;
            break;
        case 14:
            if (equals_ignoring_case(name, "content-length"))
                ++framed.lengths, framed.length_valid = read_length(value, framed.length);
            break;
        case 17:
            if (equals_ignoring_case(name, "transfer-encoding"))
                ++framed.codings, framed.chunked = equals_ignoring_case(value, "chunked");
            break;
        default: break;
    }
}

// `rest` begins after the first line and ends with the empty line.
Refusal scan_fields(std::string_view rest, std::size_t max_fields, bool underscores, Fields& fields, Framed& framed) {
    fields.clear();
    while (true) {
        auto end = rest.find("\r\n");
        if (end == std::string_view::npos) return {400, "the header section does not end"};
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        if (line.empty()) return rest.empty() ? Refusal{} : Refusal{400, "bytes after the header section"};
        if (line[0] == ' ' || line[0] == '\t') return {400, "folded header lines are not accepted"};
        auto colon = line.find(':');
        if (colon == std::string_view::npos) return {400, "a header line has no colon"};
        std::string_view name = line.substr(0, colon), value = trim(line.substr(colon + 1));
        if (!is_token(name)) return {400, "a header name is not a token"};
        if (!underscores && name.find('_') != std::string_view::npos)
            return {400, "header names with '_' are not accepted"};
        if (!is_field_value(value)) return {400, "a header value holds a control character"};
        if (fields.size() >= max_fields) return {431, "too many headers"};
        fields.push_back({name, value});
        note(name, value, framed);
    }
}

// Exactly one way to tell the body's end, or a refusal.
Refusal settle_framing(const Framed& framed, bool http_1_0, Framing& framing, std::uint64_t& length) {
    if (!framed.connection_valid) return {400, "Connection is malformed"};
    if (framed.codings > 0) {
        if (framed.lengths > 0) return {400, "Transfer-Encoding and Content-Length exclude each other"};
        if (http_1_0) return {400, "Transfer-Encoding does not exist in HTTP/1.0"};
        if (framed.codings > 1) return {400, "Transfer-Encoding is repeated"};
        if (!framed.chunked) return {501, "the only Transfer-Encoding is chunked"};
        framing = Framing::chunked;
    } else if (framed.lengths > 0) {
        if (framed.lengths > 1) return {400, "Content-Length is repeated"};
        if (!framed.length_valid) return {400, "Content-Length is not a number"};
        framing = framed.length > 0 ? Framing::length : Framing::none;
        length = framed.length;
    }
    return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// HTTP/d.d
bool is_version(std::string_view text) {
    return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' && is_digit(text[7]);
}

bool is_served_method(std::string_view method) {
    for (std::string_view known : {"GET", "POST", "PUT", "HEAD", "PATCH", "DELETE", "OPTIONS"})
        if (method == known) return true;
    return false;
}

// The host of a target in absolute form counts, whatever Host says (RFC 9112, section 3.2.2).
void put_host(std::string_view host, Fields& fields) {
    for (auto& field : fields)
        if (equals_ignoring_case(field.name, "host")) {
            field.value = host;
            return;
        }
    fields.push_back({"Host", host});  // HTTP/1.0 may come without
}

}  // namespace

bool is_field_value(std::string_view text) { return all(text, value_char); }

bool HeadFinder::feed(std::string_view bytes) {
    if (size_ > 0 || refusal_) return true;
    while (scanned_ < bytes.size()) {
        const void* found = std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_);
        if (!found) {
            scanned_ = bytes.size();
            return false;
        }
        auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (at == line_ || bytes[at - 1] != '\r') {
            refusal_ = {400, "a line does not end with CR LF"};
            return true;
        }
        scanned_ = at + 1;
        if (at - 1 == line_) {
            size_ = scanned_;
            return true;
        }
        ++lines_;
        line_ = scanned_;
    }
    return false;
}

Refusal scan_request_head(std::string_view head, std::size_t max_fields, RequestHead& out, Fields& fields) {
    out = {};
    auto end = head.find("\r\n");
    if (end == std::string_view::npos) return {400, "the request line does not end"};
    std::string_view line = head.substr(0, end);
    auto first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return {400, "the request line is malformed"};
    out.method = line.substr(0, first);
    out.target = line.substr(first + 1, last - first - 1);
    std::string_view version = line.substr(last + 1);
    if (!is_token(out.method)) return {400, "the method is not a token"};
    if (!is_version(version)) return {400, "the HTTP version is malformed"};
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505, "HTTP/1.1 and HTTP/1.0 are spoken here"};
    if (!is_served_method(out.method)) return {501, "the method is not known here"};
    Target target;
    if (auto why = read_target(out.target, target); !why.empty()) return {400, why};
    out.path = target.path;
    out.query = target.query;
    out.http_1_0 = version == "HTTP/1.0";

    Framed framed;
    if (auto refusal = scan_fields(head.substr(end + 2), max_fields, false, fields, framed)) return refusal;
    if (framed.hosts > 1) return {400, "Host is repeated"};
    if (framed.hosts == 0 && !out.http_1_0) return {400, "Host is missing"};
    if (framed.hosts == 1 && !framed.host_valid) return {400, "Host is malformed"};
    if (!target.authority.empty()) put_host(target.authority, fields);
    if (framed.content_types > 1) return {400, "Content-Type is repeated"};
    if (framed.authorizations > 1) return {400, "Authorization is repeated"};
    if (auto refusal = settle_framing(framed, out.http_1_0, out.framing, out.content_length)) return refusal;
    // HTTP/1.0 knows no Expect: RFC 9110 section 10.1.1 has it ignored there.
    if (framed.has_expect && !out.http_1_0) {
        if (!equals_ignoring_case(framed.expect, "100-continue")) return {417, "the only expectation is 100-continue"};
        out.expects_continue = true;
    }
    out.keep_alive = !framed.close && (!out.http_1_0 || framed.keep_alive);
    return {};
}

Refusal scan_response_head(std::string_view head, std::size_t max_fields, bool to_head, ResponseHead& out,
                           Fields& fields) {
    out = {};
    auto end = head.find("\r\n");
    if (end == std::string_view::npos) return {502, "the status line does not end"};
    std::string_view line = head.substr(0, end);
    // The reason may be missing with its blank: harmless, and seen in old servers.
    if (line.size() < 12 || !is_version(line.substr(0, 8)) || line[5] != '1' || line[7] > '1' || line[8] != ' ' ||
        !is_digit(line[9]) || !is_digit(line[10]) || !is_digit(line[11]) || (line.size() > 12 && line[12] != ' ') ||
        !is_field_value(line.substr(12)))
        return {502, "the status line is malformed"};
    bool http_1_0 = line[7] == '0';
    out.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    if (out.status < 100 || out.status > 599) return {502, "the status is out of range"};

    Framed framed;
    if (auto refusal = scan_fields(head.substr(end + 2), max_fields, true, fields, framed)) {
        refusal.status = 502;
        return refusal;
    }
    out.framing = Framing::until_close;
    if (auto refusal = settle_framing(framed, http_1_0, out.framing, out.content_length)) {
        refusal.status = 502;
        return refusal;
    }
    if (to_head || out.status < 200 || out.status == 204 || out.status == 304) out.framing = Framing::none;
    out.keep_alive = !framed.close && (!http_1_0 || framed.keep_alive) && out.framing != Framing::until_close;
    return {};
}

}  // namespace headgate::net
