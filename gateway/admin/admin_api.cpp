#include "gateway/admin/admin_api.hpp"

#include "base/run_blocking.hpp"
#include "base/trace.hpp"
#include "gateway/pipeline/problem.hpp"
#include "gateway/pipeline/token.hpp"

namespace headgate {

AdminApi::AdminApi(std::vector<Endpoint> endpoints, BlockingPool& pool,
                   std::function<std::shared_ptr<const Snapshot>()> snapshot)
    : endpoints_(std::move(endpoints)), pool_(pool), snapshot_(std::move(snapshot)) {}

Result<const Endpoint*> AdminApi::find(AdminRequest& request) const {
    std::string allowed;
    for (const Endpoint& endpoint : endpoints_) {
        if (!fits(endpoint.path, request.path, request.named)) continue;
        if (endpoint.method == request.method) return &endpoint;
        allowed += (allowed.empty() ? "" : ", ") + endpoint.method;
    }
    if (!allowed.empty()) return Error{ErrorKind::method_not_allowed, "use " + allowed, allowed};
    return Error{ErrorKind::unknown_operation, "the admin API has no such path; see docs/reference/admin-api.md"};
}

std::optional<Error> AdminApi::unauthorised(const Endpoint& endpoint, AdminRequest& request) const {
    if (endpoint.open) return std::nullopt;
    auto digest = bearer_digest(request.authorization);
    auto snapshot = snapshot_();
    const CallerConfig* caller = digest && snapshot ? snapshot->caller(*digest) : nullptr;
    if (!caller)
        return Error{ErrorKind::unauthenticated, "send a known token: Authorization: Bearer <token>",
                     challenge(Credential{})};
    request.caller = caller->name;
    if (caller->role < endpoint.least)
        return Error{ErrorKind::forbidden, "'" + caller->name + "' is a " + std::string(name(caller->role)) +
                                               "; this needs the role " + std::string(name(endpoint.least))};
    return std::nullopt;
}

Task<void> AdminApi::handle(const IncomingRequest& incoming, OutgoingResponse& response) {
    auto request = std::make_shared<AdminRequest>();
    request->method = incoming.method;
    request->path = incoming.path;
    request->query = incoming.query;
    request->accept = incoming.header("accept");
    request->accept_encoding = incoming.header("accept-encoding");
    request->if_none_match = incoming.header("if-none-match");
    request->authorization = incoming.header("authorization");
    request->body = incoming.body;
    auto endpoint = find(*request);
    std::optional<Error> failure;
    if (!endpoint)
        failure = endpoint.error();
    else
        failure = unauthorised(**endpoint, *request);
    if (!failure && incoming.coded())
        failure = Error{ErrorKind::unsupported_coding, "send the body as it is, without a Content-Encoding"};
    if (!failure) {
        std::function<Result<AdminAnswer>()> work = [answer = (*endpoint)->answer, request] {
            return answer(*request);
        };
        auto result = co_await run_blocking<AdminAnswer>(pool_, Deadline::in(milliseconds(30'000)), std::move(work));
        if (result) {
            response.status = result->status;
            response.content_type = std::move(result->content_type);
            response.body = std::move(result->body);
            response.headers = std::move(result->headers);
        } else {
            failure = std::move(result).error();
        }
    }
    if (failure) write_problem(*failure, {}, begin_trace().trace_id(), response);
}

void AdminApi::refuse(int status, std::string_view why, OutgoingResponse& response) {
    write_refusal(status, why, begin_trace().trace_id(), response);
}

}  // namespace headgate
