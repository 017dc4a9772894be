// Capture: takes an order durably before it is acknowledged: intent, stock, commit, answer.
#pragma once

#include "adapters/system.hpp"
#include "base/clock.hpp"
#include "gateway/orders/rows.hpp"
#include "gateway/store/async_store.hpp"

namespace headgate::orders {

// What configuration decided for the operation; borrowed from the snapshot for the call.
struct CaptureRoute {
    System& stock;                  // of the calling worker
    const Plan* reserve = nullptr;  // a transaction under the order's identifier, repeatable
    milliseconds stock_deadline{1'000};
    StepName release = {};               // the plan that gives the stock back, repeatable, leaves a tombstone
    const std::vector<StepName>& steps;  // what happens afterwards, each on its own
    milliseconds holder_time{10'000};    // an intent's holder is taken to be alive for so long
    // Whether every step can be told this order; asked before the intent. Empty: not asked.
    std::function<Result<void>(const Value& order, Builder& builder)> rehearse = {};
};

struct CaptureRequest {
    const Operation& operation;
    std::string caller;
    std::string key;  // Idempotency-Key, already validated by the contract
    Value message;    // the request message
};

struct CapturedOrder {
    std::string order_id = {};
    std::string body = {};  // the Order, JSON; a replay has the same bytes
    bool replayed = false;
    // Location, and `Idempotency-Replayed: true` on a replay. The status is the operation's success status, 201.
    std::vector<HttpHeader> headers(const Operation& operation) const;
};

struct CaptureLimits {
    int races = 8;  // lost races for a key before the answer is 'in progress'
};

// One object may serve all workers: it holds no state of its own. Answers within the context's deadline.
// Errors by `code`: idempotency-key-in-progress (conflict: try again shortly), idempotency-key-reused (conflict; HTTP
// 422), the mapping's own such as out-of-stock (rejected or conflict, with a pointer). system_unavailable and
// outcome_unknown: nothing is acknowledged, and the same request with the same key finds the truth.
class Capture {
  public:
    Capture(store::AsyncStore store, const Clock& clock, CaptureLimits limits = {})
        : store_(store), clock_(clock), limits_(limits) {}

    Task<Result<CapturedOrder>> capture(const CaptureRequest& request, const CaptureRoute& route,
                                        const CallContext& context) const;

  private:
    struct Held {
        Intent intent = {};
        std::int64_t fence = 0;
        Value order;
    };
    struct Begun {
        std::optional<CapturedOrder> answer = {};  // a replay
        Held held = {};
    };
    Task<Result<Begun>> begin(const CaptureRequest& request, const CaptureRoute& route, const CallContext& context,
                              Builder& builder) const;
    Task<Result<CapturedOrder>> replay(const std::string& order_id, Deadline deadline) const;
    Task<Result<void>> reserve(const Held& held, const CaptureRoute& route, const CallContext& context,
                               Builder& builder) const;
    Task<Result<CapturedOrder>> commit(const CaptureRequest& request, const CaptureRoute& route, const Held& held,
                                       const CallContext& context) const;
    Task<Result<CapturedOrder>> give_up(const CaptureRequest& request, const Held& held, Then then, Error error,
                                        Deadline deadline) const;
    std::int64_t now_ms() const { return store::to_ms(clock_.wall_now()); }

    store::AsyncStore store_;
    const Clock& clock_;
    CaptureLimits limits_;
};

}  // namespace headgate::orders
