// How a request is asked for its fields.
#include "base/ascii.hpp"
#include "base/http_fields.hpp"
#include "gateway/net/head.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {
namespace {

// Whether a list of content codings has one that changes the bytes; `identity` changes none.
bool codes(std::string_view list) {
    while (!list.empty()) {
        auto comma = list.find(',');
        auto coding = trim(list.substr(0, comma));
        if (!coding.empty() && !equals_ignoring_case(coding, "identity")) return true;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

}  // namespace

std::string_view IncomingRequest::header(std::string_view name) const {
    for (const auto& field : headers)
        if (equals_ignoring_case(field.name, name)) return field.value;
    return {};
}

std::size_t IncomingRequest::count(std::string_view name) const {
    std::size_t found = 0;
    for (const auto& field : headers) found += equals_ignoring_case(field.name, name) ? 1 : 0;
    return found;
}

bool IncomingRequest::coded() const {
    if (body.empty()) return false;
    for (const auto& field : headers)
        if (equals_ignoring_case(field.name, "content-encoding") && codes(field.value)) return true;
    return false;
}

}  // namespace headgate
