#include "gateway/pipeline/answer.hpp"

#include "contracts/document/json.hpp"

namespace headgate {

std::optional<Error> disagreement(const Operation& operation, const SystemReply& reply) {
    Error error{ErrorKind::bad_answer, "a system behind gave an answer that breaks the contract"};
    const Response* declared = operation.response(reply.status);
    if (!declared) {
        error.detail = "status " + std::to_string(reply.status) + " is not declared by " + operation.name;
        return error;
    }
    const Schema* schema = declared->schema();
    if (!schema) {
        if (reply.message.is_null()) return std::nullopt;
        error.detail =
            "status " + std::to_string(reply.status) + " of " + operation.name + " is declared without a body";
        return error;
    }
    if (schema->validate(reply.message)) return std::nullopt;
    std::vector<SchemaIssue> issues;
    schema->validate(reply.message, &issues, 5);
    for (const auto& issue : issues) {
        if (!error.detail.empty()) error.detail += "; ";
        error.detail += issue.pointer + ": " + issue.message + " (" + issue.schema.file + ":" +
                        std::to_string(issue.schema.line) + ")";
    }
    if (!issues.empty()) error.pointer = issues.front().pointer;
    return error;
}

void write_reply(const SystemReply& reply, OutgoingResponse& response) {
    response.status = reply.status;
    response.body.clear();
    response.content_type.clear();
    if (reply.message.is_null()) return;
    response.content_type = reply.status >= 400 ? "application/problem+json" : "application/json";
    write_json(reply.message, response.body);
}

}  // namespace headgate
