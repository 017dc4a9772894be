// Routes that are bridges: what they lead to, and that they lead somewhere.
#pragma once

#include <optional>

#include "gateway/config/snapshot.hpp"

namespace headgate {

// Bridges may follow one another; more than this is a version nobody keeps.
inline constexpr std::size_t most_bridges = 4;

// Nothing after a diagnostic.
std::optional<BridgeTarget> find_bridge(const Snapshot& snapshot, const RouteConfig& config, Diagnostics& diagnostics);
// Once all routes are there: each bridge ends at a route that is none, and none leads back to where it began.
void check_bridges(const Snapshot& snapshot, Diagnostics& diagnostics);

}  // namespace headgate
