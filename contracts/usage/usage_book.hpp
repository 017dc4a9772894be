// UsageBook: who calls which operation from which build of its app, how often, and with which fields.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "contracts/usage/usage.hpp"
#include "contracts/usage/usage_recorder.hpp"

namespace headgate {

struct UsageLimits {
    std::size_t builds = 32;  // of one caller; what comes above is counted as `other` ...
    // ... unless one of them was not seen for so long: its counts then move to `other`, and its place is free.
    std::chrono::hours idle = std::chrono::hours(24 * 30);
};

// Thread-safe; no I/O. Counts only grow. Fields that the contract in force does not have are forgotten. Wiring owns it;
// it outlives the workers.
class UsageBook {
  public:
    // Told of each increment as it is taken in, under the book's lock: must be brief, and not call the book.
    using Counted = std::function<void(const UsageKey& key, std::uint64_t calls)>;
    explicit UsageBook(Counted counted = {}, UsageLimits limits = {}) : counted_(std::move(counted)), limits_(limits) {}

    // For one more worker.
    std::shared_ptr<UsageRecorder> recorder();
    // What a store has kept; before the first call is recorded.
    void restore(const UsageRecord& record);
    // The fields of an operation as they are from now on.
    void publish(std::shared_ptr<const FieldIndex> fields);

    // Takes in what the workers have recorded; the readers below do so too.
    void collect();
    std::vector<UsageRecord> usage();  // by operation, caller, build

    // What a store must keep and forget; together, or not at all.
    struct Changes {
        std::vector<UsageRecord> puts;
        std::vector<UsageKey> erases;
        bool empty() const { return puts.empty() && erases.empty(); }
    };
    Changes take_changes();
    // They could not be kept: they come again with the next.
    void give_back(const Changes& changes);

  private:
    void collect_locked();
    void take_in(const UsageRecorder::Row& row);
    // The build under which a call is counted; makes room for it, or says `other`.
    std::string admitted(const std::string& caller, const std::string& build, WallTime seen);
    void fold(const std::string& caller, const std::string& build);
    bool is_field(const std::string& operation, std::string_view path) const;

    Counted counted_;
    UsageLimits limits_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<UsageRecorder>> recorders_;
    std::map<UsageKey, Usage> totals_;
    std::map<std::string, std::shared_ptr<const FieldIndex>> in_force_;  // by operation
    std::map<std::string, std::map<std::string, WallTime>> builds_;      // by caller: when last seen
    std::set<UsageKey> changed_, erased_;                                // since the last take_changes()
};

}  // namespace headgate
