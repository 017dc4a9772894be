// Calls by contract, caller and app build, as a metric.
#pragma once

#include "base/telemetry/metrics.hpp"
#include "contracts/usage/usage_book.hpp"

namespace headgate {

// Adds what a book takes in to headgate_contract_calls_total{contract, caller, build}: as many series as the book
// admits builds. The book must not outlive the metrics.
UsageBook::Counted count_calls(Metrics& metrics);

}  // namespace headgate
