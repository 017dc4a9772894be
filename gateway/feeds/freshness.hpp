// Freshness: until when all that a system had dropped is known to have been read. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"

namespace headgate::feeds {

class Freshness {
  public:
    struct Of {
        std::int64_t as_of_ms = 0;  // 0: not known since the process began
        milliseconds stale{0};      // how old it may be
    };
    void set(const std::string& component, const Of& of) {
        std::lock_guard lock(mutex_);
        all_[component] = of;
    }
    std::optional<Of> of(const std::string& component) const {
        std::lock_guard lock(mutex_);
        auto found = all_.find(component);
        return found == all_.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, Of> all_;
};

}  // namespace headgate::feeds
