// Messages of a JSON API on the wire <-> documents as mappings see them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/document/json.hpp"
#include "contracts/registry/message.hpp"
#include "mappings/formats/openapi/api_operation.hpp"

namespace headgate {

// An answer as it came; borrowed for the call, and copied into the builder's arena where the document needs it.
struct ApiAnswer {
    int status = 0;
    std::string_view content_type;  // empty: absent
    std::string_view body;
    // The header's value, or nullptr-data view when absent; `lower_case_name`.
    std::function<std::string_view(std::string_view lower_case_name)> header = {};
};

// Whether a member of a document is a group of parameters or headers, and none of the body.
bool is_group(const LegacyNode& message, std::string_view name);

// Held against the operation's own schemas: fails with invalid_message, whose pointer is into `document`.
Result<WrittenRequest> write_api_request(const ApiOperation& operation, const Value& document);

// The body of an answer, null when it has none. Fails with bad_answer: no JSON, or none that we take.
Result<Value> read_api_body(const ApiAnswer& answer, Builder& builder, const JsonLimits& limits = {});
// The document of an answer of success: its headers and its body.
Result<Value> api_document(const ApiOperation& operation, const ApiAnswer& answer, const Value& body, Builder& builder);
// Of a document, what was the body.
Value body_of(const ApiOperation& operation, const Value& document, Builder& builder);

// `404`, or with the first of these members that is there `409/amount_too_large`; each is a way from the body's top,
// through a list to its first item.
std::string fault_code(int status, const Value& body, const std::vector<std::vector<std::string>>& members);

}  // namespace headgate
