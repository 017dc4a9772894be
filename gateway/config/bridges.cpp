#include "gateway/config/bridges.hpp"

namespace headgate {

std::optional<BridgeTarget> find_bridge(const Snapshot& snapshot, const RouteConfig& config, Diagnostics& diagnostics) {
    const Operation* over = snapshot.contracts->find(config.bridge);
    if (!over) {
        std::vector<std::string_view> names;
        for (const auto& operation : snapshot.contracts->operations()) names.push_back(operation->name);
        std::string near = nearest(config.bridge, names);
        diagnostics.error(config.bridge_mark, "route: no contract has the operation '" + config.bridge + "'",
                          near.empty() ? "" : "did you mean '" + near + "'?");
        return std::nullopt;
    }
    const Plan* plan = snapshot.plans->find_bridge(config.operation, config.bridge);
    if (!plan) {
        diagnostics.error(config.bridge_mark, "no bridge relates '" + config.operation + "' to '" + config.bridge + "'",
                          "add one to the mappings folders: bridge: " + config.operation + " <-> " + config.bridge);
        return std::nullopt;
    }
    return BridgeTarget{over, plan};
}

void check_bridges(const Snapshot& snapshot, Diagnostics& diagnostics) {
    for (const Route& route : snapshot.routes) {
        const Route* at = &route;
        std::size_t crossed = 0;
        for (; at && at->bridge && crossed <= most_bridges; ++crossed) {
            const Operation* over = at->bridge->over;
            const Route* next = snapshot.route(over);
            if (!next && at == &route)  // further on it is told at the route it belongs to
                diagnostics.error(route.config->bridge_mark, "'" + over->name + "' has no route of its own",
                                  "a bridge leads to an operation that is served");
            at = next;
        }
        if (crossed > most_bridges)
            diagnostics.error(route.config->bridge_mark,
                              "the bridges from '" + route.operation->name + "' do not end within " +
                                  std::to_string(most_bridges) + " steps",
                              "each must lead towards a version with a route of its own");
    }
}

}  // namespace headgate
