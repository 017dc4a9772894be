#include "gateway/writes/metrics.hpp"

#include "gateway/writes/key_row.hpp"

namespace headgate::writes {

void WriteMetrics::count(const std::string& operation, const char* outcome) const {
    metrics_
        .counter("headgate_keyed_writes_total", "Writes under an Idempotency-Key, by outcome",
                 {{"operation", operation}, {"outcome", outcome}})
        .add();
}

void export_unknown_count(Metrics& metrics, store::Store& store) {
    Gauge unknown =
        metrics.gauge("headgate_keyed_writes_unknown", "Writes of which nobody knows whether they took effect.");
    metrics.before_scrape([=, &store] {
        if (auto count = store.count(unknown_write_keys, false)) unknown.set(static_cast<double>(*count));
    });
}

}  // namespace headgate::writes
