// Services: what the stages share across workers. Built by gateway/app/wiring.cpp; outlives every pipeline.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/clock.hpp"
#include "base/telemetry/metrics.hpp"
#include "gateway/routing/route_state.hpp"

namespace headgate {

class Mirror;
class ShadowSide;
class UsageBook;
namespace orders {
class Capture;
}
namespace writes {
class WriteKeys;
}

// What every pipeline needs, a mock's too.
struct Essentials {
    const Clock& clock;
    Metrics& metrics;
    std::atomic<std::size_t> in_flight{0};  // requests of all workers
};

struct Services : Essentials {
    RouteStates& routes;
    Mirror& mirror;
    ShadowSide& shadow_side;
    orders::Capture& capture;
    writes::WriteKeys& writes;
    UsageBook& usage;
};

}  // namespace headgate
