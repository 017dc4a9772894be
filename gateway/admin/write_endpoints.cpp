// Writes of which nobody knows whether they took effect: who sent them, to whom, when, under which trace.
#include <nlohmann/json.hpp>

#include "base/timestamp.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/writes/unknown_writes.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t writes_shown = 500;

Result<AdminAnswer> list(store::Store& store) {
    auto rows = writes::unknown_writes(store, "", writes_shown);
    if (!rows) return std::move(rows).error();
    auto all = store.count(writes::unknown_write_keys, false);
    if (!all) return std::move(all).error();
    ordered_json items = ordered_json::array();
    for (const auto& row : *rows)
        items.push_back({{"operation", row.operation},
                         {"caller", row.caller},
                         {"key", row.key},
                         {"system", row.system},
                         {"begun", rfc3339(WallTime(std::chrono::milliseconds(row.begun_ms)))},
                         {"traceparent", row.traceparent}});
    return AdminAnswer{200, "application/json", ordered_json{{"unknown", std::move(items)}, {"count", *all}}.dump()};
}

}  // namespace

void add_write_endpoints(std::vector<Endpoint>& table, store::Store& store) {
    table.push_back(
        {"GET", "/api/v1/writes/unknown", false, Role::viewer, [&store](const AdminRequest&) { return list(store); }});
}

}  // namespace headgate
