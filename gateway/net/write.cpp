#include "gateway/net/write.hpp"

#include <charconv>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"
#include "base/timestamp.hpp"
#include "gateway/net/head.hpp"

namespace headgate::net {
namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        default: return "Status";
    }
}

void append_number(std::string& out, std::size_t number) {
    char digits[20];
    auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    auto begin = out.size();
    out.append(value);
    if (!is_field_value(value))
        for (auto i = begin; i < out.size(); ++i)
            if (!is_field_value(std::string_view(&out[i], 1))) out[i] = ' ';
    out.append("\r\n");
}

bool any_of(std::string_view name, std::initializer_list<std::string_view> names) {
    for (auto known : names)
        if (equals_ignoring_case(name, known)) return true;
    return false;
}

}  // namespace

std::string_view DateCache::now() {
    std::time_t now = std::time(nullptr);
    if (now != at_ || text_.empty()) {
        at_ = now;
        text_ = http_date(std::chrono::system_clock::from_time_t(now));
    }
    return text_;
}

void write_answer(const OutgoingResponse& response, const AnswerStyle& style, std::string_view date, std::string& out) {
    // Interim statuses are the session's to send; anything out of range is a handler's bug.
    int status = response.status >= 200 && response.status <= 599 ? response.status : 500;
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(status));
    out.append(" ").append(reason(status)).append("\r\nDate: ").append(date).append("\r\n");
    if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
    bool no_content = status == 204 || status == 304;
    if (!no_content) {
        out.append("Content-Length: ");
        append_number(out, response.body.size());
        out.append("\r\n");
    }
    for (const auto& header : response.headers)
        if (is_token(header.name) && !is_connections_own(header.name) && !any_of(header.name, {"date"}) &&
            (response.content_type.empty() || !any_of(header.name, {"content-type"})))
            append_field(out, header.name, header.value);
    if (style.close)
        out.append("Connection: close\r\n");
    else if (style.http_1_0)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    if (!style.to_head && !no_content) out.append(response.body);
}

Result<void> write_request(const HttpOrigin& to, const HttpRequest& request, const CallContext& context,
                           std::string& out) {
    auto fail = [](std::string_view what) {
        return Error{ErrorKind::internal, "the request to the system can't be sent", std::string(what)};
    };
    if (!is_token(request.method)) return fail("the method is not a token");
    if (request.target.empty() || request.target[0] != '/') return fail("the target is not in origin form");
    for (char c : request.target)
        if (c <= ' ' || c >= 0x7f || c == '#') return fail("the target holds a byte that must be escaped");
    if (to.host_header.empty() || !is_field_value(to.host_header)) return fail("the origin has no usable Host");
    out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ");
    out.append(to.host_header).append("\r\n");
    for (const auto& header : request.headers) {
        if (!is_token(header.name) || !is_field_value(header.value))
            return fail("the header '" + header.name + "' holds a byte that can't be sent");
        if (is_connections_own(header.name) || any_of(header.name, {"host", "expect", "traceparent", shadow_header}))
            continue;
        out.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    if (context.trace.trace_high != 0 || context.trace.trace_low != 0)
        out.append("traceparent: ").append(child_of(context.trace).traceparent()).append("\r\n");
    if (context.shadow) out.append(shadow_header).append(": 1\r\n");
    if (!request.body.empty() || any_of(request.method, {"POST", "PUT", "PATCH"})) {
        out.append("Content-Length: ");
        append_number(out, request.body.size());
        out.append("\r\n");
    }
    out.append("\r\n").append(request.body);
    return {};
}

}  // namespace headgate::net
