#include "gateway/config/sunsets.hpp"

#include "base/timestamp.hpp"

namespace headgate {

void warn_of_sunsets(const Snapshot& snapshot, WallTime now, Diagnostics& diagnostics) {
    constexpr auto soon = std::chrono::days(30);
    for (const Route& route : snapshot.routes) {
        const Operation& operation = *route.operation;
        const Lifecycle& life = operation.lifecycle;
        if (!life.successor.empty() && !snapshot.contracts->find_contract(life.successor))
            diagnostics.warning(operation.mark, "the successor '" + life.successor + "' of " + operation.name +
                                                    " is no contract here, and callers are not led to it");
        if (!life.sunset || *life.sunset - now > soon) continue;
        bool passed = *life.sunset <= now;
        diagnostics.warning(
            operation.mark,
            "the sunset of " + operation.name + (passed ? " was on " : " is on ") + rfc3339(*life.sunset).substr(0, 10),
            "it is served until its route is taken away");
    }
}

}  // namespace headgate
