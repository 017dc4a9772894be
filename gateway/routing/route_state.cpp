#include "gateway/routing/route_state.hpp"

#include "base/timestamp.hpp"

namespace headgate {

RouteStates::RouteStates(RouteStore& store, const Clock& clock) : store_(store), clock_(clock) {}

Result<void> RouteStates::open(const std::string& operation, std::uint32_t first_share_ppm) {
    std::lock_guard lock(mutex_);
    if (states_.contains(operation)) return Done{};
    auto history = store_.history(operation);
    if (!history) return std::move(history).error();
    auto state = std::make_unique<State>();
    state->last = history->empty()
                      ? RouteChange{0, first_share_ppm, "configuration", "first value", rfc3339(clock_.wall_now())}
                      : history->back();
    state->share_ppm = state->last.share_ppm;
    states_[operation] = std::move(state);
    return Done{};
}

const std::atomic<std::uint32_t>* RouteStates::share_ppm(const std::string& operation) const {
    std::lock_guard lock(mutex_);
    auto found = states_.find(operation);
    return found == states_.end() ? nullptr : &found->second->share_ppm;
}

Result<RouteChange> RouteStates::set(const Change& change) {
    std::lock_guard lock(mutex_);
    auto found = states_.find(change.operation);
    if (found == states_.end())
        return Error{ErrorKind::unknown_operation, "there is no route for '" + change.operation + "'"};
    State& state = *found->second;
    if (change.if_revision && *change.if_revision != state.last.revision)
        return Error{ErrorKind::conflict, "the route is at revision " + std::to_string(state.last.revision)};
    RouteChange next{state.last.revision + 1, change.share_ppm, change.who, change.why, rfc3339(clock_.wall_now())};
    if (auto kept = store_.append(change.operation, next); !kept) return std::move(kept).error();
    state.last = next;
    state.share_ppm.store(next.share_ppm, std::memory_order_relaxed);
    return next;
}

std::optional<RouteChange> RouteStates::current(const std::string& operation) const {
    std::lock_guard lock(mutex_);
    auto found = states_.find(operation);
    if (found == states_.end()) return std::nullopt;
    return found->second->last;
}

Result<std::vector<RouteChange>> RouteStates::history(const std::string& operation) const {
    return store_.history(operation);
}

std::vector<std::string> RouteStates::operations() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto& [operation, state] : states_) out.push_back(operation);
    return out;
}

}  // namespace headgate
