#include "gateway/pipeline/shadow_side.hpp"

#include "contracts/document/json.hpp"
#include "gateway/pipeline/answer.hpp"

namespace headgate {

ShadowAnswer failed_answer(const Error& error) {
    ShadowAnswer answer;
    answer.failed = true;
    answer.failure = name(error.kind);
    return answer;
}

ShadowSide::ShadowSide(HttpClient& http, RouteStates& states, Metrics& metrics, DriftBook& drift)
    : http_(http), states_(states), metrics_(metrics), drift_(drift) {}

MirrorRequest ShadowSide::copy_of(const Exchange& exchange) {
    MirrorRequest copy;
    auto snapshot = exchange.worker->share_snapshot();
    copy.keep = snapshot;
    copy.operation = exchange.match.operation;
    copy.message = to_json(exchange.message);
    copy.context = exchange.context;
    copy.context.shadow = true;
    copy.context.trace = child_of(exchange.context.trace);
    copy.deadline = snapshot->config.shadow.deadline;
    copy.candidate_serves = exchange.side == Side::candidate;
    copy.ask = [this, snapshot = std::move(snapshot)](const MirrorRequest& request) {
        return ask_other(snapshot, request);
    };
    return copy;
}

std::shared_ptr<WorkerView> ShadowSide::view_of(const std::shared_ptr<const Snapshot>& snapshot) {
    if (!view_ || &view_->snapshot() != snapshot.get())
        view_ = std::make_shared<WorkerView>(snapshot, http_, states_, metrics_, drift_, "shadow");
    return view_;
}

Task<ShadowAnswer> ShadowSide::ask_other(std::shared_ptr<const Snapshot> snapshot, const MirrorRequest& request) {
    auto view = view_of(snapshot);
    const Route& route = *view->operation(request.operation).route;
    const Target& target = request.candidate_serves ? route.legacy : route.candidate;
    Arena arena;
    Builder builder(arena);
    auto message = read_json(request.message, builder);
    if (!message) co_return failed_answer(message.error());
    auto begun = std::chrono::steady_clock::now();
    auto reply =
        co_await ask(view->system(target.host), target, *request.operation, *message, builder, request.context);
    ShadowAnswer answer;
    if (!reply) {
        answer = failed_answer(reply.error());
    } else if (auto wrong = disagreement(*request.operation, *reply)) {
        answer = failed_answer(*wrong);
    } else {
        answer.status = reply->status;
        if (!reply->message.is_null()) write_json(reply->message, answer.body);
    }
    answer.latency_us =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
    co_return answer;
}

}  // namespace headgate
