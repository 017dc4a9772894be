// DriftBook: what systems have shown beyond what their mappings know, since the process began: counted, with the first
// example, shown by the admin API, the metrics and a line in the log.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.hpp"
#include "base/diagnostics.hpp"
#include "base/telemetry/metrics.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate {

class Plan;

// One kind of drift at one path of one call.
struct DriftRecord {
    std::string system, call;    // shop, priceQuery
    SourceMark mapping;          // where the mapping stands that met it first
    std::string kind, path;      // as in Drift
    std::string place, example;  // of the first
    std::uint64_t count = 0;
    std::map<std::string, std::uint64_t> counts;  // for whom: serving, shadow, order-log
    WallTime first_seen, last_seen;
};

// Thread-safe. Bounded for each system; what finds no room is counted.
class DriftBook {
  public:
    static constexpr std::size_t at_most = 256;

    // Both outlive the book.
    DriftBook(Metrics& metrics, const Clock& clock) : metrics_(metrics), clock_(clock) {}

    // `purpose`: for whom the call was made. Each first sighting is a line in the log.
    void note(const std::string& system, const Plan& plan, const std::string& purpose, const DriftLog& drift);

    // By system, call, kind and path; `system` empty: all.
    std::vector<DriftRecord> records(const std::string& system = {}) const;
    // Sightings that found no room, by system.
    std::map<std::string, std::uint64_t> left_out() const;

  private:
    using Key = std::tuple<std::string, std::string, std::string>;  // call, kind, path
    struct OfSystem {
        std::map<Key, DriftRecord> records;
        std::uint64_t left_out = 0;
    };

    void count(const std::string& system, const std::string& call, const Drift& seen, const std::string& purpose);

    Metrics& metrics_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::map<std::string, OfSystem> systems_;
    std::map<std::array<std::string, 4>, Counter> counters_;
};

}  // namespace headgate
