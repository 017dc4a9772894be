// What comes of writes under an Idempotency-Key, as metrics.
#pragma once

#include <string>

#include "base/telemetry/metrics.hpp"
#include "gateway/store/store.hpp"

namespace headgate::writes {

// Thread-safe. One write ends in one of: done, refused (nothing took effect), unknown, replayed, in-progress, reused.
class WriteMetrics {
  public:
    explicit WriteMetrics(Metrics& metrics) : metrics_(metrics) {}
    void count(const std::string& operation, const char* outcome) const;

  private:
    Metrics& metrics_;
};

// How many writes nobody knows the outcome of. Called once; the store must outlive every scrape, which reads it.
void export_unknown_count(Metrics& metrics, store::Store& store);

}  // namespace headgate::writes
