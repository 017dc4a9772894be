// WorkerView: one snapshot as one thread sees it: its own System objects, the shares in force, the metrics resolved.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

#include "adapters/system.hpp"
#include "base/telemetry/metrics.hpp"
#include "gateway/config/snapshot.hpp"
#include "gateway/pipeline/lifecycle_headers.hpp"
#include "gateway/routing/route_state.hpp"
#include "gateway/routing/share.hpp"

namespace headgate {

class DriftBook;

// Metrics of one operation; counters by status are made when a status is first seen.
class OperationMetrics {
  public:
    OperationMetrics(Metrics& metrics, const std::string& operation);
    void served(std::string_view side, int status, double seconds);

  private:
    Metrics* metrics_;
    std::string operation_;
    Histogram latency_;
    std::map<std::pair<std::string_view, int>, Counter> by_status_;  // keys are static words
};

struct OperationView {
    const Route* route = nullptr;  // nullptr: the contract has the operation, the configuration no route
    const std::atomic<std::uint32_t>* share_ppm = nullptr;
    std::unique_ptr<OperationMetrics> metrics;
    LifecycleHeaders lifecycle = {};
    std::shared_ptr<const FieldIndex> request_fields = nullptr;
};

// Used on its own thread alone; replaced whole when a snapshot is published, kept alive by the exchanges that began
// with it.
class WorkerView {
  public:
    // `purpose` labels the calls that are made through this view: serving, shadow, order-log, admin.
    WorkerView(std::shared_ptr<const Snapshot> snapshot, HttpClient& http, const RouteStates& states, Metrics& metrics,
               DriftBook& drift, const std::string& purpose);

    // Of a snapshot without systems and shares: a mock's.
    WorkerView(std::shared_ptr<const Snapshot> snapshot, Metrics& metrics);

    const Snapshot& snapshot() const { return *snapshot_; }
    std::shared_ptr<const Snapshot> share_snapshot() const { return snapshot_; }
    System& system(const SystemHost* host) { return *systems_.at(host); }
    OperationView& operation(const Operation* operation) { return operations_.at(operation); }

  private:
    std::shared_ptr<const Snapshot> snapshot_;
    std::unordered_map<const SystemHost*, std::unique_ptr<System>> systems_;
    std::unordered_map<const Operation*, OperationView> operations_;
};

// How a thread that has this client sees a snapshot.
using MakeView = std::function<std::shared_ptr<WorkerView>(std::shared_ptr<const Snapshot>, HttpClient&)>;

// Carries one call out: deadline of the system, plan or contract, answer in the contract's terms.
Task<Result<SystemReply>> ask(System& system, const Target& target, const Operation& operation, Value message,
                              Builder& builder, CallContext context);

}  // namespace headgate
