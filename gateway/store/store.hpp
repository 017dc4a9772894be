// Store: the durable memory of Headgate behind one port; its operations are domain ones, so that an embedded file and a
// shared database can keep the same promises.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace headgate::store {

// Moments are wall time in milliseconds since 1970: they outlive the process.
std::int64_t to_ms(WallTime when);

// A row: whatever is looked up by name (order intents, orders, cross-references, routing state, verdicts). `revision`
// is drawn from one counter of the store, never used twice and only rising: equal revisions mean 'nobody wrote in
// between', even when the row was erased and made anew.
struct Record {
    std::string collection = {}, key = {};
    std::int64_t revision = 0;
    std::string payload = {};                 // JSON text
    std::optional<std::int64_t> due_ms = {};  // listed by due(); for what must be looked after at some time
};

// Holds when the row has this revision; revision 0: when there is no such row.
struct Condition {
    std::string collection = {}, key = {};
    std::int64_t revision = 0;
};
struct Put {
    std::string collection = {}, key = {};
    std::string payload = {};
    std::optional<std::int64_t> due_ms = {};
};
struct Erase {
    std::string collection = {}, key = {};
};

// Appended, never changed. `stream` is what it is about: an order's id, an operation's name.
struct Event {
    std::int64_t seq = 0;  // set by the store
    std::string stream = {}, kind = {};
    std::int64_t at_ms = 0;
    std::string payload = {};  // JSON text
};

enum class WorkState : std::uint8_t { ready, held, done };
const char* name(WorkState state);

// Something still to be done outside, kept until it is: a step of an order. Items of a queue are claimed in the order
// of their due time; every claim raises `fence`, and only the newest fence may report.
struct Work {
    std::string id = {}, queue = {}, stream = {}, kind = {};
    WorkState state = WorkState::ready;
    std::int64_t due_ms = 0;  // while claimed: when the lease ends
    std::int64_t created_ms = 0, changed_ms = 0;
    std::int64_t attempts = 0, fence = 0;
    std::string owner = {};    // of the last claim; empty while it waits for one
    std::string payload = {};  // JSON text
    std::string note = {};     // why it waits or is held
};
// Takes effect only while the item still has this fence and is in state `from`; otherwise the commit is a conflict.
struct WorkChange {
    std::string id = {};
    std::int64_t fence = 0;
    WorkState from = WorkState::ready, to = WorkState::done;
    std::int64_t due_ms = 0, at_ms = 0;
    std::string note = {};
    bool forget_attempts = false;
};

// Who did what, when and why.
struct Audit {
    std::int64_t seq = 0;  // set by the store
    std::int64_t at_ms = 0;
    std::string who = {}, what = {}, why = {};
    std::string detail = {};  // JSON text
};

// All of it takes effect, or none.
struct Commit {
    std::vector<Condition> conditions = {};
    std::vector<Put> puts = {};
    std::vector<Erase> erases = {};
    std::vector<Event> events = {};
    std::vector<Work> work = {};  // new items; an id that exists is a conflict
    std::vector<WorkChange> changes = {};
    std::vector<Audit> audit = {};
};
// `unknown`: it may or may not be durable, and only a later read can tell.
enum class Outcome : std::uint8_t { committed, conflict, unknown };
struct CommitResult {
    Outcome outcome = Outcome::unknown;
    std::int64_t revision = 0;  // of every row that this commit put
};

struct ClaimRequest {
    std::string queue = {}, owner = {};
    std::int64_t now_ms = 0, lease_ms = 0;
    std::size_t at_most = 1;
};
struct ClaimResult {
    std::vector<Work> items = {};
    std::optional<std::int64_t> next_due_ms = {};  // of the soonest that was not yet due
};

// What is still open; what is done is not counted, for it only grows.
struct WorkCounts {
    std::int64_t ready = 0, held = 0;
    std::optional<std::int64_t> oldest_ready_ms = {};  // creation of the oldest that is ready
};

// Ends the watching when destroyed; afterwards the callback doesn't run and isn't running.
class Watch {
  public:
    virtual ~Watch() = default;
};

// Thread-safe. An Error from a write means that nothing took effect (overloaded, disk full, not writable); what can't
// be known is Outcome::unknown. close() before the io_contexts on which completions run are destroyed.
class Store {
  public:
    virtual ~Store() = default;

    // Never block. `done` runs once, on a store thread or at once on this one, and must be brief.
    virtual void submit(Commit commit, std::function<void(Result<CommitResult>)> done) = 0;
    virtual void submit(ClaimRequest claim, std::function<void(Result<ClaimResult>)> done) = 0;
    // The same, waited for; never on a worker's thread.
    Result<CommitResult> commit(Commit commit);
    Result<ClaimResult> claim(ClaimRequest claim);

    // Reads block, and see every commit that was reported before they began.
    virtual Result<std::optional<Record>> find(const std::string& collection, const std::string& key) = 0;
    // By key, after `after_key`.
    virtual Result<std::vector<Record>> list(const std::string& collection, const std::string& after_key,
                                             std::size_t at_most) = 0;
    // The last written first; `before_revision` 0: from the newest.
    virtual Result<std::vector<Record>> recent(const std::string& collection, std::int64_t before_revision,
                                               std::size_t at_most) = 0;
    // With due_ms <= `until_ms`, the soonest first.
    virtual Result<std::vector<Record>> due(const std::string& collection, std::int64_t until_ms,
                                            std::size_t at_most) = 0;
    virtual Result<std::int64_t> count(const std::string& collection, bool only_with_due) = 0;
    // `stream` empty: of all.
    virtual Result<std::vector<Event>> events(const std::string& stream, std::int64_t after_seq,
                                              std::size_t at_most) = 0;
    virtual Result<std::vector<Work>> work_of(const std::string& stream) = 0;
    virtual Result<std::optional<Work>> work(const std::string& id) = 0;
    virtual Result<std::vector<Work>> work_in(const std::string& queue, WorkState state, std::size_t at_most) = 0;
    virtual Result<WorkCounts> work_counts(const std::string& queue) = 0;
    // The newest first; `what` empty: all; `before_seq` 0: from the newest.
    virtual Result<std::vector<Audit>> audit(const std::string& what, std::int64_t before_seq, std::size_t at_most) = 0;

    // Level-triggered: runs once at registration and after every commit that touched the queue or collection `name`;
    // what changed is to be read. The callback must not call the store.
    virtual std::unique_ptr<Watch> watch(std::string name, std::function<void()> changed) = 0;

    // Rises at each opening of a store that one process owns: whoever holds anything of an earlier generation is dead,
    // and leases on work end with it. A store that several replicas share always says 0.
    virtual std::int64_t generation() const = 0;
    // Ends the threads after what is queued; later writes fail. Idempotent.
    virtual void close() = 0;
};

}  // namespace headgate::store
