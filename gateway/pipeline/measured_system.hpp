// MeasuredSystem: wraps an adapter from outside with counters and latency, so that no adapter counts by itself.
#pragma once

#include <memory>

#include "adapters/system.hpp"
#include "base/telemetry/metrics.hpp"

namespace headgate {

// `labels` say which system, by which adapter, for what.
std::unique_ptr<System> measured(std::unique_ptr<System> inner, MetricLabels labels, Metrics& metrics);

}  // namespace headgate
