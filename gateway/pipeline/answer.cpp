#include "gateway/pipeline/answer.hpp"

#include "contracts/document/json.hpp"
#include "contracts/registry/media_type.hpp"

namespace headgate {

const Content* content_of(const Operation& operation, const SystemReply& reply, std::string_view accept, bool& wanted) {
    wanted = true;
    const auto& declared = operation.contents(reply.status);
    if (declared.empty()) return nullptr;
    // With one media type nothing is to be chosen: disagreement() has judged the message by it already.
    if (declared.size() > 1) return choose_content(declared, accept, reply.message, wanted);
    return &declared.front();
}

std::optional<Error> disagreement(const Operation& operation, const SystemReply& reply) {
    Error error{ErrorKind::bad_answer, "a system behind gave an answer that breaks the contract"};
    if (!operation.response(reply.status)) {
        error.detail = "status " + std::to_string(reply.status) + " is not declared by " + operation.name;
        return error;
    }
    const auto& contents = operation.contents(reply.status);
    if (contents.empty()) {
        if (reply.message.is_null()) return std::nullopt;
        error.detail = "status " + std::to_string(reply.status) + " of " + operation.name + " has no body";
        return error;
    }
    for (const Content& content : contents)
        if (content.schema->validate(reply.message)) return std::nullopt;
    std::vector<SchemaIssue> issues;
    contents.front().schema->validate(reply.message, &issues, 5);
    for (const auto& issue : issues) {
        if (!error.detail.empty()) error.detail += "; ";
        error.detail += issue.pointer + ": " + issue.message + " (" + issue.schema.file + ":" +
                        std::to_string(issue.schema.line) + ")";
    }
    if (!issues.empty()) error.pointer = issues.front().pointer;
    return error;
}

std::optional<Error> write_reply(const Operation& operation, const SystemReply& reply, std::string_view accept,
                                 OutgoingResponse& response) {
    bool wanted = true;
    const Content* content = content_of(operation, reply, accept, wanted);
    // A problem is told whatever the caller accepts (RFC 9110, section 15.5.7).
    if (!wanted && reply.status < 400) return Error{ErrorKind::not_acceptable, "this answer is " + content->media_type};
    response.status = reply.status;
    response.body.clear();
    response.content_type.clear();
    if (!content) return std::nullopt;
    response.content_type = content->media_type;
    write_json(reply.message, response.body);
    return std::nullopt;
}

}  // namespace headgate
