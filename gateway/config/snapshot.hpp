// Snapshot: everything that one reload publishes, whole: configuration, contracts, plans, systems, routes. An exchange
// keeps the snapshot with which it began.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/system.hpp"
#include "contracts/registry/registry.hpp"
#include "contracts/usage/field_index.hpp"
#include "contracts/usage/reliance.hpp"
#include "gateway/config/config.hpp"
#include "gateway/feeds/feed.hpp"
#include "gateway/feeds/read_model.hpp"
#include "gateway/orders/intent.hpp"
#include "gateway/orders/order_source.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

// One side of a route: a system, and the mapping that translates for it (none where the contract itself is spoken).
struct Target {
    SystemHost* host = nullptr;
    const Plan* plan = nullptr;
    explicit operator bool() const { return host != nullptr; }
};

struct CaptureTargets {
    Target reserve, release;
    std::vector<Target> steps;  // and the same by name, as the order log keeps them
    orders::StepName release_name;
    std::vector<orders::StepName> step_names;
    milliseconds intent{0};
};

// Another version of the contract, which answers; the plan translates both ways.
struct BridgeTarget {
    const Operation* over = nullptr;
    const Plan* plan = nullptr;
};

struct Route {
    const RouteConfig* config = nullptr;
    const Operation* operation = nullptr;
    std::optional<BridgeTarget> bridge;  // then there is nothing else
    Target legacy, candidate;
    std::optional<CaptureTargets> capture;
};

// Immutable; published as shared_ptr<const Snapshot>. Systems whose settings did not change are shared between
// snapshots.
struct Snapshot {
    Config config;
    std::shared_ptr<const Registry> contracts;
    std::shared_ptr<const PlanSet> plans;
    std::map<std::string, std::shared_ptr<SystemHost>> systems;
    std::shared_ptr<orders::OrderSource> order_source;  // what the name `orders` means in routes
    std::shared_ptr<feeds::ReadModel> read_model;       // and the name `read-model`
    std::vector<feeds::Feed> feeds;
    std::vector<Route> routes;
    std::map<const Operation*, const Route*> route_of;
    std::map<const Operation*, std::shared_ptr<const FieldIndex>> request_fields;  // of every operation
    std::vector<CallerContract> caller_contracts;
    std::uint64_t revision = 0;

    const Route* route(const Operation* operation) const {
        auto found = route_of.find(operation);
        return found == route_of.end() ? nullptr : found->second;
    }
    // Compares digests in constant time for each caller.
    const CallerConfig* caller(const std::array<unsigned char, 32>& token_sha256) const;
};

// nullptr, with diagnostics that name every fault, when anything is wrong. `previous` lends its unchanged systems.
std::shared_ptr<const Snapshot> load_snapshot(const std::string& config_path, const Snapshot* previous,
                                              Diagnostics& diagnostics);

}  // namespace headgate
