// Mirror: takes a sampled request beside the served one to the other side, compares both answers on threads of its own,
// and accounts for every eligible request. Nothing here may slow, change or fail the served answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/async.hpp"
#include "base/call_context.hpp"
#include "base/telemetry/metrics.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// One side's answer in the contract's terms, owned.
struct ShadowAnswer {
    bool failed = false;  // no answer at all: unreachable, late, bad answer; then `failure` says which
    std::string failure;  // stable word: deadline-exceeded, system-unavailable, bad-answer...
    int status = 0;
    std::string body;  // JSON
    std::int64_t latency_us = 0;
};

// A copied request: everything that outlives the exchange.
struct MirrorRequest {
    std::shared_ptr<const void> keep;        // keeps the snapshot that owns `operation` and what `ask` uses alive
    const Operation* operation = nullptr;
    std::string message;                     // the request message as JSON
    CallContext context;                     // shadow = true, own deadline
    bool candidate_serves = false;           // else legacy serves and the candidate is asked
    // Asks the other side; runs on the mirror's own io_context thread.
    std::function<Task<ShadowAnswer>(const MirrorRequest&)> ask;
};

// One mirrored request; the serving side reports its answer through it. Thread-safe, cheap to move.
class MirrorTicket {
  public:
    virtual ~MirrorTicket() = default;  // destroyed without an answer: failed(serving)
    virtual void served(ShadowAnswer answer) = 0;
};

struct MirrorLimits {
    std::size_t queue = 1000;       // requests waiting for the shadow side
    std::size_t concurrency = 32;   // asked at once
    std::size_t bytes = 64 << 20;   // of copies held at once
    std::size_t compare_threads = 1;
};

// Every eligible request is in exactly one of these at any time.
struct Tally {
    std::uint64_t eligible = 0, compared = 0, sampled_out = 0, in_flight = 0;
    std::uint64_t dropped_queue_full = 0, dropped_bytes = 0, dropped_stopped = 0, dropped_compare_full = 0;
    std::uint64_t failed_serving = 0, failed_shadow = 0;
    std::uint64_t accounted() const {
        return compared + sampled_out + in_flight + dropped_queue_full + dropped_bytes + dropped_stopped +
               dropped_compare_full + failed_serving + failed_shadow;
    }
};

}  // namespace headgate
