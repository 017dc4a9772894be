#include "gateway/config/sunsets.hpp"

#include "base/timestamp.hpp"

namespace headgate {

void warn_of_sunsets(const Snapshot& snapshot, WallTime now, Diagnostics& diagnostics) {
    constexpr auto soon = std::chrono::days(30);
    for (const Route& route : snapshot.routes) {
        const Operation& operation = *route.operation;
        const Lifecycle& life = operation.lifecycle;
        if (!life.sunset || *life.sunset - now > soon) continue;
        bool passed = *life.sunset <= now;
        diagnostics.warning(
            operation.mark,
            "the sunset of " + operation.name + (passed ? " was on " : " is on ") + rfc3339(*life.sunset).substr(0, 10),
            "it is served until its route is taken away");
    }
}

}  // namespace headgate
