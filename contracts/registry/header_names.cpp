#include "contracts/registry/header_names.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"

namespace headgate {
namespace {

constexpr const char* otherwise = "OpenAPI says it otherwise";
constexpr const char* ours = "Headgate writes it";
constexpr const char* leave_out = "leave it out";

ForeignHeader foreign_to_both(std::string_view name) {
    if (equals_ignoring_case(name, "Content-Type")) return {otherwise, "content"};
    if (is_connections_own(name)) return {"it is of the connection, not of the message", leave_out};
    if (equals_ignoring_case(name, "traceparent"))
        return {"Headgate continues the caller's trace by itself", leave_out};
    if (equals_ignoring_case(name.substr(0, 9), "headgate-")) return {ours, "names with headgate- are Headgate's own"};
    return {};
}

}  // namespace

ForeignHeader foreign_to_request(std::string_view name) {
    if (equals_ignoring_case(name, "Accept")) return {otherwise, "content"};
    if (equals_ignoring_case(name, "Authorization")) return {otherwise, "security"};
    for (std::string_view own : {"Host", "Expect"})
        if (equals_ignoring_case(name, own)) return {"it is of the connection, not of the message", leave_out};
    return foreign_to_both(name);
}

ForeignHeader foreign_to_response(std::string_view name) {
    if (equals_ignoring_case(name, "Date")) return {ours, leave_out};
    for (std::string_view own : {"Deprecation", "Sunset"})
        if (equals_ignoring_case(name, own)) return {ours, "x-lifecycle says it"};
    return foreign_to_both(name);
}

}  // namespace headgate
