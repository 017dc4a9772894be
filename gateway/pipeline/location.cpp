#include "gateway/pipeline/location.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {

namespace {

bool declares_location(const Operation& operation, int status) {
    const Response* response = operation.response(status);
    return response && std::any_of(response->headers.begin(), response->headers.end(),
                                   [](const Parameter& header) { return to_lower(header.name) == "location"; });
}

// Whether `path` is `base` and one parameter behind it.
bool reads_item(std::string_view path, std::string_view base) {
    if (!path.starts_with(base)) return false;
    path.remove_prefix(base.size());
    return path.starts_with("/{") && path.ends_with('}') && path.find('/', 1) == std::string_view::npos;
}

const Value* named(std::string_view name, const Value& answer, const Value& request) {
    for (const Value* message : {&answer, &request})
        if (message->is_object())
            if (const Value* value = message->find(name); value && (value->is_string() || value->is_number()))
                return value;
    return nullptr;
}

std::optional<std::string> filled(std::string_view path, const Value& answer, const Value& request) {
    std::string out;
    while (!path.empty()) {
        auto open = path.find('{'), close = path.find('}');
        out += path.substr(0, open);
        if (open == std::string_view::npos) break;
        const Value* value = named(path.substr(open + 1, close - open - 1), answer, request);
        if (!value) return std::nullopt;
        percent_encode(value->text(), out);
        path.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace

std::optional<std::string> location_of(const Operation& operation, int status, const Value& answer,
                                       const Value& request) {
    if (!declares_location(operation, status) || !operation.of) return std::nullopt;
    for (const Operation* other : operation.of->operations)
        if (other->method == "GET" && reads_item(other->path, operation.path))
            if (auto path = filled(other->path, answer, request)) return path;
    return std::nullopt;
}

}  // namespace headgate
