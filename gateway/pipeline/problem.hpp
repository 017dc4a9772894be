// Problem documents (RFC 9457): how an Error is told to a caller. Only safe text; the detail stays in the log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/schema/schema.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {

// The HTTP status of an error; business codes refine it (idempotency-key-reused is 422, a mock's no-example 501).
int status_of(const Error& error);

// Fills status, content type, body and the headers that go with the status (Allow, Accept-Encoding, WWW-Authenticate,
// Retry-After); `detail` is the list of Allow and of WWW-Authenticate. `issues` become the `errors` member: [{pointer,
// detail}].
void write_problem(const Error& error, const std::vector<SchemaIssue>& issues, const std::string& trace_id,
                   OutgoingResponse& response);
// The same for a request that never became one (HttpHandler::refuse): type and title are the status's.
void write_refusal(int status, std::string_view why, const std::string& trace_id, OutgoingResponse& response);

}  // namespace headgate
