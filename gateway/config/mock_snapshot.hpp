// The snapshot of a mock: the contracts alone, every operation of them served.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/config/snapshot.hpp"

namespace headgate {

// What says where the contracts are and where to listen: a configuration, or the rest.
struct MockSettings {
    std::string config;                  // its path; empty: none
    std::vector<std::string> contracts;  // folders
    std::string api = "127.0.0.1:8080", admin = "127.0.0.1:9900";
};

// nullptr, with diagnostics, when what a mock needs is wrong. Systems, routes, mappings, callers and state are not
// looked at. The snapshot's routes lead to no system.
std::shared_ptr<const Snapshot> load_mock_snapshot(const MockSettings& settings, const Snapshot* previous,
                                                   Diagnostics& diagnostics);

}  // namespace headgate
