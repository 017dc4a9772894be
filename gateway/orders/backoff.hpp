// Backoff: how long a failed step waits before the next attempt. No I/O.
#pragma once

#include <cstdint>

#include "base/clock.hpp"

namespace headgate::orders {

struct Backoff {
    milliseconds first{200};
    milliseconds longest{30'000};
};

// Doubles with each attempt up to `longest`; `jitter` in [0, 1) takes away up to half, so that what failed together
// doesn't come back together.
milliseconds wait_after(std::int64_t attempts, double jitter, const Backoff& backoff = {});

}  // namespace headgate::orders
