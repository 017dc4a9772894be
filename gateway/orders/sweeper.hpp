// Sweeper: ends what nobody will end: revokes expired intents in the store first, then has their stock given back.
#pragma once

#include "base/periodic.hpp"
#include "gateway/orders/relay.hpp"

namespace headgate::orders {

struct SweeperSettings {
    milliseconds every{1'000};
    milliseconds grace{5'000};  // after an intent's expiry: a retry of the same key may still take over
    std::size_t at_most = 100;  // intents a sweep
    WorkRunnerSettings release = {};
};

// On a background io_context's thread. A revoke takes effect only while the intent is open under the fence that was
// read, so a committed order is never touched; and it makes a late commit a conflict before any stock moves.
class Sweeper {
  public:
    Sweeper(Executor executor, store::AsyncStore store, const Clock& clock, StepResolver resolve,
            SweeperSettings settings = {});

    void start();
    Task<void> drain();
    // One sweep: how many intents were revoked.
    Task<std::size_t> sweep();
    // One claim of releases, run to its end.
    Task<std::size_t> release_due() { return releases_.run_due(); }

  private:
    store::AsyncStore store_;
    const Clock& clock_;
    const SweeperSettings settings_;
    ReleaseHandler handler_;
    WorkRunner releases_;
    Periodic sweeps_;
};

}  // namespace headgate::orders
