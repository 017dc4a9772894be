// RouteStates: what is happening on each route right now: its share, who set it, when and why. Durable through a port.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace headgate {

// One setting of a route's share, kept for ever (route history).
struct RouteChange {
    std::uint64_t revision = 0;  // of this route, from 1
    std::uint32_t share_ppm = 0;
    std::string who, why;
    std::string when;  // RFC 3339, UTC
};

// Where route changes are kept; gateway/app binds it to the store. Blocking calls, never made on a worker.
class RouteStore {
  public:
    virtual ~RouteStore() = default;
    virtual Result<std::vector<RouteChange>> history(const std::string& operation) = 0;  // oldest first
    // Fails with conflict when `change.revision` is not the next one.
    virtual Result<void> append(const std::string& operation, const RouteChange& change) = 0;
};

// Process-wide and thread-safe; reading a share is one relaxed load. Handles live as long as this object.
class RouteStates {
  public:
    explicit RouteStates(RouteStore& store, const Clock& clock = system_clock());

    // Makes sure that the route is known; `first_share_ppm` counts only where the store has nothing. Blocking.
    Result<void> open(const std::string& operation, std::uint32_t first_share_ppm);

    // Borrowed for the life of this object; nullptr when not opened.
    const std::atomic<std::uint32_t>* share_ppm(const std::string& operation) const;

    struct Change {
        std::string operation;
        std::uint32_t share_ppm = 0;
        std::string who, why;
        std::optional<std::uint64_t> if_revision;  // refused with conflict when the route has moved on
    };
    // Durable first, then in force. Blocking. Fails with unknown_operation or conflict.
    Result<RouteChange> set(const Change& change);

    std::optional<RouteChange> current(const std::string& operation) const;
    Result<std::vector<RouteChange>> history(const std::string& operation) const;
    std::vector<std::string> operations() const;

  private:
    struct State {
        std::atomic<std::uint32_t> share_ppm{0};
        RouteChange last;
    };
    RouteStore& store_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::map<std::string, std::unique_ptr<State>> states_;
};

}  // namespace headgate
