// WriteKeys: has a write carried out once for its Idempotency-Key: announced durably before, its answer kept after.
#pragma once

#include "base/call_context.hpp"
#include "base/clock.hpp"
#include "contracts/registry/registry.hpp"
#include "gateway/store/async_store.hpp"
#include "gateway/writes/key_row.hpp"
#include "gateway/writes/metrics.hpp"

namespace headgate::writes {

struct WriteRequest {
    const Operation& operation;
    const Value& message;
    std::string caller, key;           // the key is already validated by the contract
    std::string system;                // the name of the one that is to carry it out
    bool repeatable = false;           // it recognises a repetition
    bool atomic = false;               // of it, every error but outcome_unknown says that nothing took effect
    milliseconds holder_time{10'000};  // longer than the request may take
    milliseconds kept{86'400'000};     // how long its end is remembered
};

// A write that is under way, held by whoever began it: to be ended by done() or failed(). One that is ended by neither
// (a kill, a bug) is found by the sweeper.
struct HeldWrite {
    KeyRow row = {};
    std::int64_t revision = 0;
    milliseconds kept{0};
    bool atomic = false;
    bool repeats = false;                   // an earlier try of it may have taken effect
    std::optional<KeptAnswer> replay = {};  // then nothing is under way: this is the answer
};

// One object serves all workers: it holds no state of its own.
class WriteKeys {
  public:
    WriteKeys(store::AsyncStore store, const Clock& clock, WriteMetrics metrics)
        : store_(store), clock_(clock), metrics_(metrics) {}

    // Errors by `code`: those of key_errors.hpp. Of the store (system_unavailable, overloaded): nothing has begun.
    Task<Result<HeldWrite>> begin(const WriteRequest& request, const CallContext& context) const;
    // It took effect. Where the answer can't be kept it is told even so: a repetition is then told that nobody knows.
    Task<void> done(HeldWrite held, KeptAnswer answer) const;
    // What the caller is to be told: the error itself, or that nobody knows.
    Task<Error> failed(HeldWrite held, Error error) const;

  private:
    Task<bool> record(store::Commit change, const KeyRow& row) const;
    std::int64_t now_ms() const { return store::to_ms(clock_.wall_now()); }

    store::AsyncStore store_;
    const Clock& clock_;
    WriteMetrics metrics_;
};

}  // namespace headgate::writes
