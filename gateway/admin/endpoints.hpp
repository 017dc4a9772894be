// The admin API's table, added group by group by gateway/app/wiring.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/telemetry/metrics.hpp"
#include "gateway/admin/endpoint.hpp"
#include "gateway/config/snapshot.hpp"
#include "gateway/routing/route_state.hpp"
#include "gateway/store/store.hpp"

namespace headgate {

class DriftBook;
class Mirror;
class UsageBook;

using SnapshotSource = std::function<std::shared_ptr<const Snapshot>()>;

void add_route_endpoints(std::vector<Endpoint>& table, RouteStates& states, SnapshotSource snapshot);
void add_report_endpoints(std::vector<Endpoint>& table, Mirror& mirror, SnapshotSource snapshot);
// What contracts there are, as documents, as JSON for programs and as pages for people.
void add_contract_endpoints(std::vector<Endpoint>& table, SnapshotSource snapshot);
void add_contract_pages(std::vector<Endpoint>& table, SnapshotSource snapshot);
// The answer where no contract has the name, with the nearest that one has.
Error no_contract(const Snapshot& snapshot, const std::string& wanted);
void add_order_endpoints(std::vector<Endpoint>& table, store::Store& store);
// Writes of which nobody knows whether they took effect.
void add_write_endpoints(std::vector<Endpoint>& table, store::Store& store);
// What came as files: feeds, the newest files, missing numbers; a bad file tried again.
void add_feed_endpoints(std::vector<Endpoint>& table, store::Store& store, SnapshotSource snapshot);
void add_usage_endpoints(std::vector<Endpoint>& table, UsageBook& usage, SnapshotSource snapshot, const Clock& clock);
// `book` outlives the table.
void add_drift_endpoints(std::vector<Endpoint>& table, const DriftBook& book, SnapshotSource snapshot);

// One line of /readyz?verbose. A check that is not `needed` is told and does not make the gateway unready.
struct ReadinessCheck {
    std::string name;
    bool needed = true;
    std::string failure;  // empty: fine
};
void add_health_endpoints(std::vector<Endpoint>& table, Metrics& metrics,
                          std::function<std::vector<ReadinessCheck>(bool verbose)> readiness);

}  // namespace headgate
