// The order log as gauges: what is open, waiting or held, and how old the oldest waiting step is.
#pragma once

#include "base/clock.hpp"
#include "base/telemetry/metrics.hpp"
#include "gateway/store/store.hpp"

namespace headgate::orders {

// Called once. Store and clock must outlive every scrape, which reads the store (it blocks).
void export_order_counts(Metrics& metrics, store::Store& store, const Clock& clock);

}  // namespace headgate::orders
