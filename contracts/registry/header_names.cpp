#include "contracts/registry/header_names.hpp"

#include <algorithm>
#include <cctype>

#include "base/http_fields.hpp"

namespace headgate {
namespace {

constexpr const char* otherwise = "OpenAPI says it otherwise";
constexpr const char* ours = "Headgate writes it";
constexpr const char* leave_out = "leave it out";

ForeignHeader foreign_to_both(std::string_view name) {
    if (is_same_header(name, "Content-Type")) return {otherwise, "content"};
    if (is_connections_own(name)) return {"it is of the connection, not of the message", leave_out};
    if (is_same_header(name, "traceparent")) return {"Headgate continues the caller's trace by itself", leave_out};
    if (is_same_header(name.substr(0, 9), "headgate-")) return {ours, "names with headgate- are Headgate's own"};
    return {};
}

}  // namespace

bool is_header_name(std::string_view text) {
    for (char c : text)
        if (c <= ' ' || c >= 127 || std::string_view("()<>@,;:\\\"/[]?={}").find(c) != std::string_view::npos)
            return false;
    return !text.empty();
}

bool is_same_header(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

ForeignHeader foreign_to_request(std::string_view name) {
    if (is_same_header(name, "Accept")) return {otherwise, "content"};
    if (is_same_header(name, "Authorization")) return {otherwise, "security"};
    for (std::string_view own : {"Host", "Expect"})
        if (is_same_header(name, own)) return {"it is of the connection, not of the message", leave_out};
    return foreign_to_both(name);
}

ForeignHeader foreign_to_response(std::string_view name) {
    if (is_same_header(name, "Date")) return {ours, leave_out};
    for (std::string_view own : {"Deprecation", "Sunset"})
        if (is_same_header(name, own)) return {ours, "x-lifecycle says it"};
    return foreign_to_both(name);
}

}  // namespace headgate
