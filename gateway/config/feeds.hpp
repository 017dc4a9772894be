// Feeds as configuration says them, and held against systems, mappings and contracts.
#pragma once

#include <optional>

#include "gateway/config/snapshot.hpp"

namespace headgate {

// One entry of `feeds:`. Relative paths are beside the configuration. Nothing after diagnostics that leave nothing.
std::optional<FeedConfig> read_feed(const SourceFile& file, const SourceNode& node, const std::string& folder,
                                    Diagnostics& diagnostics);

// Fills the snapshot's feeds; what routes ask of the read model must be kept by one of them.
void resolve_feeds(Snapshot& snapshot, Diagnostics& diagnostics);

}  // namespace headgate
