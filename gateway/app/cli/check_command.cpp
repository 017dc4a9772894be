// headgate check: configuration, contracts, mappings and routes, every fault with its place, without serving.
#include <iostream>

#include "base/timestamp.hpp"
#include "gateway/app/cli/commands.hpp"
#include "gateway/config/snapshot.hpp"
#include "gateway/config/sunsets.hpp"

namespace headgate::cli {

int check(const std::string& config_path) {
    Diagnostics diagnostics;
    auto snapshot = load_snapshot(config_path, nullptr, diagnostics);
    if (snapshot) {
        auto now = system_clock().wall_now();
        warn_of_sunsets(*snapshot, now, diagnostics);
        warn_of_past_drops(*snapshot->plans, rfc3339(now).substr(0, 10), diagnostics);
    }
    std::cerr << diagnostics.text();
    if (!snapshot) {
        std::size_t errors = diagnostics.errors();
        std::cerr << config_path << ": " << errors << (errors == 1 ? " error" : " errors") << "\n";
        return Exit::usage;
    }
    std::cout << config_path << ": ok, " << snapshot->contracts->operations().size() << " operations, "
              << snapshot->plans->plans().size() << " mappings, " << snapshot->systems.size() << " systems, "
              << snapshot->routes.size() << " routes\n";
    return Exit::ok;
}

}  // namespace headgate::cli
