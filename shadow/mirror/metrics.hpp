// The tally at /metrics: headgate_shadow_requests{operation, outcome}; an alert on `eligible` minus the rest never
// fires.
#pragma once

#include <string>
#include <vector>

#include "base/telemetry/metrics.hpp"
#include "shadow/mirror/mirror.hpp"

namespace headgate {

// Called once at load. The mirror must outlive every scrape.
void export_tally(Metrics& metrics, const Mirror& mirror, const std::vector<std::string>& operations);

}  // namespace headgate
