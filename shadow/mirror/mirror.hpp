// Mirror: takes a sampled request beside the served one to the other side, compares both answers on threads of its own,
// and accounts for every eligible request. Nothing here may slow, change or fail the served answer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/call_context.hpp"
#include "contracts/registry/registry.hpp"
#include "shadow/compare/answer.hpp"
#include "shadow/findings/finding_book.hpp"
#include "shadow/findings/tally.hpp"

namespace headgate {

// A copied request: everything that outlives the exchange. Destroyed on the mirror's io_context thread, so that what
// `keep` and `ask` hold may live there.
struct MirrorRequest {
    std::shared_ptr<const void> keep;  // keeps the snapshot that owns `operation` and what `ask` uses alive
    const Operation* operation = nullptr;
    std::string message;            // the request message as JSON
    CallContext context;            // the mirror sets `shadow`, and `deadline` when it asks
    bool candidate_serves = false;  // else legacy serves and the candidate is asked
    milliseconds deadline{2'000};   // for the other side's answer, from the moment it is asked
    // Asks the other side; runs on the mirror's own io_context thread, and is never called twice for one request.
    std::function<Task<ShadowAnswer>(const MirrorRequest&)> ask;
};

// One mirrored request; the serving side reports its answer through it, from any one thread. May outlive the Mirror.
class MirrorTicket {
  public:
    virtual ~MirrorTicket() = default;  // destroyed without an answer: failed(serving), `abandoned`
    virtual void served(ShadowAnswer answer) noexcept = 0;
};

struct MirrorLimits {
    std::size_t queue = 1000;      // requests waiting for the shadow side; and pairs waiting to be compared
    std::size_t concurrency = 32;  // asked at once
    std::size_t bytes = 64 << 20;  // of copies held at once
    std::size_t compare_threads = 1;
};

// Owns one thread that asks and `compare_threads` that compare, the latter at low priority. Thread-safe. The book and
// the clock must outlive it.
class Mirror {
  public:
    Mirror(const MirrorLimits& limits, FindingBook& book, const Clock& clock = system_clock());
    ~Mirror();  // shuts down
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;

    // For an eligible request that sampling chose; called beside the request, on its worker. Never blocks on anything a
    // comparing thread holds, never throws. nullptr: dropped and counted, and the answer needn't be reported.
    std::unique_ptr<MirrorTicket> begin(MirrorRequest request) noexcept;
    // For an eligible request that sampling left out.
    void sampled_out(std::string_view operation) noexcept;

    // The one switch: from now on everything is dropped (dropped_stopped), what waits or is being asked too.
    void stop() noexcept;
    void resume() noexcept;
    bool stopped() const;

    Tally tally(std::string_view operation) const;
    // Tally, latencies and findings of one operation, or of every operation seen. Waits for comparing threads: for the
    // admin side, never for a worker. The tally alone may be read anywhere.
    OperationEvidence evidence(std::string_view operation) const;
    std::vector<OperationEvidence> evidence() const;
    // Goes on from what was stored, before the first request.
    void restore(const OperationEvidence& evidence);

    // Where `ask` runs: wiring makes the shadow side's HttpClient and Systems on it. Those are to be destroyed after
    // shut_down() and before the Mirror, or be held by the requests themselves.
    asio::io_context& io_context();
    Executor executor() { return io_context().get_executor(); }

    // Ends the threads: what waits is dropped and counted, what is being asked gets `grace` and is then cancelled and
    // dropped, pairs that wait for comparing are compared. Tickets still held by workers do nothing afterwards.
    // Idempotent.
    void shut_down(milliseconds grace = milliseconds(2'000));

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace headgate
