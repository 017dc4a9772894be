#include "gateway/pipeline/problem.hpp"

#include <algorithm>
#include <iterator>

#include "contracts/document/builder.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

std::string_view title_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid_message: return "The message breaks the contract";
        case ErrorKind::unknown_operation: return "There is no such operation";
        case ErrorKind::method_not_allowed: return "The method is not allowed here";
        case ErrorKind::unsupported_media: return "The media type is not supported";
        case ErrorKind::unsupported_coding: return "The content coding is not supported";
        case ErrorKind::not_acceptable: return "No acceptable media type can be served";
        case ErrorKind::too_large: return "The message is too large";
        case ErrorKind::unauthenticated: return "A valid token is needed";
        case ErrorKind::forbidden: return "The caller may not do this";
        case ErrorKind::conflict: return "The request conflicts with what there is";
        case ErrorKind::rejected: return "The request was rejected";
        case ErrorKind::overloaded: return "Too much at once";
        case ErrorKind::deadline_exceeded: return "No answer in time";
        case ErrorKind::system_unavailable: return "A system behind is unavailable";
        case ErrorKind::system_fault: return "A system behind failed";
        case ErrorKind::bad_answer: return "A system behind answered wrongly";
        case ErrorKind::outcome_unknown: return "The outcome is not known yet";
        case ErrorKind::configuration:
        case ErrorKind::internal: return "Something went wrong here";
    }
    return "Something went wrong here";
}

// What a request that never became one is told, by its status.
struct Refused {
    int status;
    std::string_view type, title;
};
constexpr Refused refusals[] = {
    {400, "malformed-request", "The request is malformed"},
    {408, "request-timeout", "The request took too long"},
    {413, "too-large", "The message is too large"},
    {414, "target-too-long", "The request target is too long"},
    {417, "expectation-failed", "The expectation can't be met"},
    {431, "headers-too-large", "The headers are too large"},
    {500, "internal", "Something went wrong here"},
    {501, "not-implemented", "The request needs what is not implemented here"},
    {503, "overloaded", "Too much at once"},
    {505, "version-not-supported", "The HTTP version is not supported"},
};

const Refused& refusal_of(int status) {
    const auto* found = std::find_if(std::begin(refusals), std::end(refusals),
                                     [&](const Refused& refused) { return refused.status == status; });
    return found == std::end(refusals) ? refusal_of(status < 500 ? 400 : 500) : *found;
}

// Names in a pointer are the caller's own and may be long: a problem document stays small.
std::string_view excerpt(std::string_view text) { return cut_utf8(text, 500); }

void begin_document(std::string_view type, std::string_view title, int status, std::string_view detail,
                    const std::string& trace_id, Builder& builder) {
    Arena& arena = builder.arena();
    builder.begin_object();
    builder.key("type");
    builder.string(arena.copy("urn:headgate:problem:" + std::string(type)));
    builder.key("title");
    builder.string(title);
    builder.key("status");
    builder.number(arena.copy(std::to_string(status)));
    if (!detail.empty()) {
        builder.key("detail");
        builder.string(excerpt(detail));
    }
    builder.key("traceId");
    builder.string(trace_id);
}

void end_document(int status, Builder& builder, OutgoingResponse& response) {
    builder.end_object();
    response.status = status;
    response.content_type = "application/problem+json";
    response.body.clear();
    write_json(builder.take(), response.body);
    if (status == 503) response.headers.push_back({"Retry-After", "1"});
}

}  // namespace

int status_of(const Error& error) {
    switch (error.kind) {
        case ErrorKind::invalid_message: return 400;
        case ErrorKind::unknown_operation: return 404;
        case ErrorKind::method_not_allowed: return 405;
        case ErrorKind::unsupported_media:
        case ErrorKind::unsupported_coding: return 415;
        case ErrorKind::not_acceptable: return 406;
        case ErrorKind::too_large: return 413;
        case ErrorKind::unauthenticated: return 401;
        case ErrorKind::forbidden: return 403;
        case ErrorKind::conflict: return error.code == "idempotency-key-reused" ? 422 : 409;
        case ErrorKind::rejected: return error.code == "not-found" ? 404 : 409;
        case ErrorKind::overloaded: return 503;
        case ErrorKind::deadline_exceeded: return 504;
        case ErrorKind::system_unavailable: return 503;
        case ErrorKind::system_fault:
        case ErrorKind::bad_answer: return 502;
        case ErrorKind::outcome_unknown: return error.code == "outcome-unknown" ? 504 : 503;
        case ErrorKind::configuration:
        case ErrorKind::internal: return error.code == "no-example" ? 501 : 500;
    }
    return 500;
}

void write_problem(const Error& error, const std::vector<SchemaIssue>& issues, const std::string& trace_id,
                   OutgoingResponse& response) {
    Arena arena(1024);
    Builder builder(arena);
    begin_document(error.code.empty() ? name(error.kind) : error.code,
                   error.code == "no-example"  ? "There is nothing to answer with"
                   : error.code == "not-found" ? "There is no such thing"
                                               : title_of(error.kind),
                   status_of(error), error.message, trace_id, builder);
    if (!issues.empty() || !error.pointer.empty()) {
        builder.key("errors");
        builder.begin_array();
        auto one = [&](std::string_view pointer, std::string_view detail) {
            builder.begin_object();
            builder.key("pointer");
            builder.string(excerpt(pointer));
            builder.key("detail");
            builder.string(excerpt(detail));
            builder.end_object();
        };
        for (const auto& issue : issues) one(issue.pointer, issue.message);
        if (issues.empty()) one(error.pointer, error.message);
        builder.end_array();
    }
    end_document(status_of(error), builder, response);
    if (error.kind == ErrorKind::method_not_allowed) response.headers.push_back({"Allow", error.detail});
    // Tells a 415 of the coding from one of the media type (RFC 9110, section 12.5.3).
    if (error.kind == ErrorKind::unsupported_coding) response.headers.push_back({"Accept-Encoding", "identity"});
    if (error.kind == ErrorKind::unauthenticated) response.headers.push_back({"WWW-Authenticate", error.detail});
    if (error.code == "idempotency-key-in-progress") response.headers.push_back({"Retry-After", "1"});
}

void write_refusal(int status, std::string_view why, const std::string& trace_id, OutgoingResponse& response) {
    Arena arena(1024);
    Builder builder(arena);
    const Refused& refused = refusal_of(status);
    begin_document(refused.type, refused.title, status, why, trace_id, builder);
    end_document(status, builder, response);
}

}  // namespace headgate
