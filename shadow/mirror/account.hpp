// Account: one operation's tally and latencies, exact at any time; Ledger: the accounts of all operations.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "shadow/findings/latency.hpp"
#include "shadow/findings/tally.hpp"

namespace headgate::mirrored {

// Where a request that was eligible ends.
using Outcome = std::uint64_t Tally::*;

struct PairTimes {
    std::int64_t legacy_us = 0, candidate_us = 0, skew_us = 0;
};

// Thread-safe. Two shards: one for threads of normal priority (workers, the asking thread), one for comparing threads.
// A worker never waits for a lock that a low-priority thread was preempted with; a reader takes both, and sees a sum
// that adds up, because every change keeps its own shard adding up.
class Account {
  public:
    enum class Lane { front, back };

    struct Snapshot {
        Tally tally;
        LatencyHistogram legacy, candidate, skew;
    };

    void turn_away(Outcome outcome);                                            // eligible, and at once somewhere else
    void admit();                                                               // eligible, in flight
    void settle(Lane lane, Outcome outcome, const PairTimes* times = nullptr);  // no longer in flight
    Snapshot snapshot() const;
    void restore(const Snapshot& stored);

  private:
    struct Shard {
        mutable std::mutex mutex;
        Snapshot counts;
    };
    Shard front_, back_;
};

// Thread-safe; accounts live as long as anyone holds them.
class Ledger {
  public:
    std::shared_ptr<Account> account(std::string_view operation);  // made when new
    std::shared_ptr<Account> find(std::string_view operation) const;
    std::vector<std::string> operations() const;

  private:
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<Account>, std::less<>> accounts_;
};

}  // namespace headgate::mirrored
