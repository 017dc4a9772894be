// The steps of capture.
#include "gateway/orders/capture.hpp"

#include "base/telemetry/log.hpp"
#include "contracts/document/json.hpp"
#include "gateway/orders/order_document.hpp"
#include "gateway/orders/order_id.hpp"
#include "gateway/writes/fingerprint.hpp"
#include "gateway/writes/key_errors.hpp"

namespace headgate::orders {

namespace {

Error not_known(std::string detail) {
    return Error{ErrorKind::outcome_unknown,
                 "the order was not acknowledged; send it again with the same Idempotency-Key", std::move(detail)};
}

Intent next_intent(Begin begin, const std::optional<Intent>& standing, const CaptureRequest& request) {
    Intent intent;
    if (begin == Begin::take_over) {
        intent = *standing;
        ++intent.takeovers;
        return intent;
    }
    intent.try_number = begin == Begin::next_try ? standing->try_number + 1 : 0;
    intent.order_id = derive_order_id(request.caller, request.key, intent.try_number);
    return intent;
}

}  // namespace

std::vector<HttpHeader> CapturedOrder::headers(const Operation& operation) const {
    std::vector<HttpHeader> all{{"Location", operation.path + "/" + order_id}};
    if (replayed) all.push_back({"Idempotency-Replayed", "true"});
    return all;
}

Task<Result<CapturedOrder>> Capture::capture(const CaptureRequest& request, const CaptureRoute& route,
                                             const CallContext& context) const {
    if (context.shadow) co_return Error{ErrorKind::forbidden, "a mirrored request can't place an order"};
    Arena arena;
    Builder builder(arena);
    auto begun = co_await begin(request, route, context, builder);
    if (!begun) co_return std::move(begun).error();
    if (begun->answer) co_return std::move(*begun->answer);

    auto reserved = co_await reserve(begun->held, route, context, builder);
    const Then then = decide_after_reserve(begun->held.intent, judge_reserve(reserved));
    if (then == Then::commit) co_return co_await commit(request, route, begun->held, context);
    co_return co_await give_up(request, begun->held, then, std::move(reserved).error(), context.deadline);
}

Task<Result<Capture::Begun>> Capture::begin(const CaptureRequest& request, const CaptureRoute& route,
                                            const CallContext& context, Builder& builder) const {
    const std::string key = intent_key(request.caller, request.key);
    const std::string print = writes::fingerprint(request.operation, request.message);
    std::optional<Intent> standing;
    std::int64_t revision = 0;
    // Most keys are new, so the first attempt announces without looking; a lost race looks, then decides again.
    for (int race = 0; race < limits_.races; ++race) {
        const Moment moment{now_ms(), store_.blocking().generation()};
        const Begin decided = decide_begin(standing, print, moment);
        if (decided == Begin::key_reused) co_return writes::key_reused();
        if (decided == Begin::in_progress) co_return writes::key_in_progress();
        if (decided == Begin::replay) {
            auto answer = co_await replay(standing->order_id, context.deadline);
            if (!answer) co_return std::move(answer).error();
            Begun begun;
            begun.answer = std::move(*answer);
            co_return begun;
        }
        Begun begun;
        begun.held.intent = next_intent(decided, standing, request);
        Intent& intent = begun.held.intent;
        intent.fingerprint = print;
        intent.generation = moment.generation;
        intent.expires_ms = moment.now_ms + route.holder_time.count();
        intent.release = route.release;
        begun.held.order = make_order(request.operation, request.message, intent.order_id, clock_.wall_now(), builder);
        if (route.rehearse) {
            auto fits = route.rehearse(begun.held.order, builder);
            if (!fits) co_return std::move(fits).error();
        }
        intent.order = to_json(begun.held.order);
        auto announced = co_await store_.commit(announce(key, intent, revision), context.deadline);
        if (!announced) co_return std::move(announced).error();
        if (announced->outcome == store::Outcome::unknown) co_return not_known("announcing the intent");
        if (announced->outcome == store::Outcome::committed) {
            begun.held.fence = announced->revision;
            co_return begun;
        }
        auto row = co_await store_.find(intents, key, context.deadline);
        if (!row) co_return std::move(row).error();
        standing.reset();
        revision = 0;
        if (!*row) continue;
        auto read = read_intent((*row)->payload);
        if (!read) co_return std::move(read).error();
        standing = std::move(*read);
        revision = (*row)->revision;
    }
    co_return writes::key_in_progress();
}

Task<Result<CapturedOrder>> Capture::replay(const std::string& order_id, Deadline deadline) const {
    auto row = co_await store_.find(orders_kept, order_id, deadline);
    if (!row) co_return std::move(row).error();
    if (!*row)
        co_return Error{ErrorKind::internal, "the order can't be found", "committed intent without order", "store"};
    co_return CapturedOrder{order_id, std::move((*row)->payload), true};
}

Task<Result<void>> Capture::reserve(const Held& held, const CaptureRoute& route, const CallContext& context,
                                    Builder& builder) const {
    CallContext inner = context;
    inner.trace = child_of(context.trace);
    inner.deadline = context.deadline.within(Deadline::in(route.stock_deadline, clock_));
    inner.idempotency_key = held.intent.order_id;
    const SystemCall call{nullptr, route.reserve, held.order, builder, inner};
    auto reply = co_await route.stock.call(call);
    if (!reply) co_return std::move(reply).error();
    co_return Done{};
}

Task<Result<CapturedOrder>> Capture::commit(const CaptureRequest& request, const CaptureRoute& route, const Held& held,
                                            const CallContext& context) const {
    const std::string key = intent_key(request.caller, request.key);
    auto change = commit_order(key, held.intent, held.fence, now_ms(), route.steps, context.trace.traceparent());
    auto committed = co_await store_.commit(std::move(change), context.deadline);
    if (!committed)
        co_return co_await give_up(request, held, Then::let_go, std::move(committed).error(), context.deadline);
    if (committed->outcome == store::Outcome::committed)
        co_return CapturedOrder{held.intent.order_id, held.intent.order, false};
    if (committed->outcome == store::Outcome::unknown) co_return not_known("committing the order");
    // Somebody took over or the sweeper revoked. Our reservation is theirs now, or is being given back.
    auto row = co_await store_.find(intents, key, context.deadline);
    if (!row) co_return std::move(row).error();
    if (!*row) co_return writes::key_in_progress();
    auto standing = read_intent((*row)->payload);
    if (!standing) co_return std::move(standing).error();
    if (decide_begin(*standing, held.intent.fingerprint, {now_ms(), 0}) == Begin::replay)
        co_return co_await replay(standing->order_id, context.deadline);
    co_return writes::key_in_progress();
}

Task<Result<CapturedOrder>> Capture::give_up(const CaptureRequest& request, const Held& held, Then then, Error error,
                                             Deadline deadline) const {
    const std::string key = intent_key(request.caller, request.key);
    if (then == Then::let_go) {
        log::warning("order-reserve-unknown", {{"order", held.intent.order_id}, {"detail", error.detail}});
        // Not waited for: the caller's time may be up, and if this is lost the intent expires by itself.
        store_.blocking().submit(let_go(key, held.intent, held.fence, now_ms()), [](auto) {});
        const bool late = error.kind != ErrorKind::system_unavailable && error.kind != ErrorKind::overloaded;
        if (late) co_return not_known(std::move(error.detail));
        co_return error;
    }
    const Ending ending = then == Then::forget   ? Ending::erase
                          : then == Then::revoke ? Ending::revoke_and_release
                                                 : Ending::revoke;
    auto change = end_try(key, held.intent, held.fence, now_ms(), ending, error.code.empty() ? "refused" : error.code);
    // Whatever comes of it (a conflict: someone else holds the key now), the stock system's refusal is the answer.
    auto ended = co_await store_.commit(std::move(change), deadline);
    if (!ended)
        log::warning("order-withdraw-failed", {{"order", held.intent.order_id}, {"detail", ended.error().detail}});
    co_return error;
}

}  // namespace headgate::orders
