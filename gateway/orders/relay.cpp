// One attempt at a step.
#include "gateway/orders/relay.hpp"

#include "base/telemetry/log.hpp"
#include "contracts/document/json.hpp"

namespace headgate::orders {

namespace {
WorkRunnerSettings for_steps(WorkRunnerSettings settings) {
    settings.queue = step_queue;
    return settings;
}
}  // namespace

Task<Result<SystemReply>> StepCaller::attempt(const store::Work& item, Builder& builder, StepTarget& target) {
    auto step = read_step(item.payload);
    if (!step) co_return std::move(step).error();
    auto resolved = resolve_(step->step);
    if (!resolved) co_return std::move(resolved).error();
    target = std::move(*resolved);
    const Deadline deadline = Deadline::in(std::min(target.deadline, longest_));
    if (step->order.empty()) {
        auto row = co_await store_.find(orders_kept, item.stream, Deadline::in(longest_));
        if (!row) co_return std::move(row).error();
        if (!*row) co_return Error{ErrorKind::internal, "the order of this step can't be found", item.stream, "store"};
        step->order = std::move((*row)->payload);
    }
    // The text outlives the document: both end with this call, and the answer is in the builder's arena.
    auto order = read_json(step->order, builder, {}, false);
    if (!order) co_return Error{ErrorKind::internal, "a stored order can't be read", order.error().message, "store"};
    CallContext context;
    context.deadline = deadline;
    context.idempotency_key = item.stream;
    const auto origin = continue_trace(step->traceparent);
    context.trace = origin ? *origin : begin_trace();
    const SystemCall call{nullptr, target.plan, *order, builder, context};
    co_return co_await target.system->call(call);
}

Task<StepOutcome> StepCaller::run(const store::Work& item) {
    Arena arena;
    Builder builder(arena);
    StepTarget target;  // outlives the answer's judgement
    auto reply = co_await attempt(item, builder, target);
    const std::int64_t now_ms = store::to_ms(clock_.wall_now());
    StepOutcome outcome = judge(item, reply, now_ms);
    if (!reply)
        log::warning(outcome.kind == StepOutcome::Kind::held ? "order-step-held" : "order-step-failed",
                     {{"work", item.id},
                      {"attempt", item.attempts},
                      {"kind", name(reply.error().kind)},
                      {"code", reply.error().code},
                      {"detail", reply.error().detail}});
    co_return outcome;
}

StepOutcome RelayHandler::judge(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms) const {
    return reply ? judge_reply(item, *reply, now_ms) : judge_error(item, reply.error(), now_ms);
}

StepOutcome ReleaseHandler::judge(const store::Work& item, const Result<SystemReply>& reply,
                                  std::int64_t now_ms) const {
    return judge_release(item, reply, now_ms);
}

Relay::Relay(Executor executor, store::AsyncStore store, const Clock& clock, StepResolver resolve,
             WorkRunnerSettings settings)
    : handler_(store, clock, std::move(resolve), settings.lease / 2),
      runner_(executor, store, clock, for_steps(settings), handler_) {}

}  // namespace headgate::orders
