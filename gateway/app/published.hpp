// Published: the snapshot in force, and the old ones until the last exchange that began with them has ended.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "gateway/config/snapshot.hpp"

namespace headgate {

// Thread-safe. Old snapshots end here, on the main thread: a system's pool may have to wait for a late driver.
class Published {
  public:
    explicit Published(std::shared_ptr<const Snapshot> first) : now_(std::move(first)) {}

    std::shared_ptr<const Snapshot> get() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    void set(std::shared_ptr<const Snapshot> next) {
        std::lock_guard lock(mutex_);
        old_.push_back(std::exchange(now_, std::move(next)));
    }
    // Ends the old snapshots that nobody uses any more.
    void reap() {
        std::vector<std::shared_ptr<const Snapshot>> unused;
        std::lock_guard lock(mutex_);
        std::erase_if(old_, [&](auto& snapshot) {
            if (snapshot.use_count() > 1) return false;
            unused.push_back(std::move(snapshot));
            return true;
        });
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> now_;
    std::vector<std::shared_ptr<const Snapshot>> old_;
};

}  // namespace headgate
