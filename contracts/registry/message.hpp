// Requests on the wire <-> request messages: parameters and body, read and written by the contract.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/builder.hpp"
#include "contracts/document/json.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// A request as it came; everything is borrowed for the call and for the life of the message.
struct WireRequest {
    std::string_view query;         // without '?'
    std::string_view content_type;  // empty: absent
    std::string_view body;
    // The header's value, or nullptr-data view when absent; `lower_case_name`.
    std::function<std::string_view(std::string_view lower_case_name)> header;
};

// The validated request message, in the builder's arena. Fails with unsupported_media, too_large or invalid_message;
// then `issues` holds each disagreement: pointer into the body, or `/<parameter name>` for a parameter.
Result<Value> read_request(const OperationMatch& match, const WireRequest& wire, Builder& builder,
                           std::vector<SchemaIssue>& issues, const JsonLimits& limits = {});

// The same message towards a system that speaks the contract itself. Fails with invalid_message and the parameter's
// pointer where its style can't tell the value, such as a blank inside a list that blanks separate.
struct WrittenRequest {
    std::string target;  // path and query, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;  // JSON; empty when the operation has no body
};
Result<WrittenRequest> write_request(const Operation& operation, const Value& message);

}  // namespace headgate
