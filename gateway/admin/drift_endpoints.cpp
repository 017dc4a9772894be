// Drift: what systems have shown beyond what their mappings know, since the gateway started.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/timestamp.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/pipeline/drift_book.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;

// The lenient writer: what a system sent is shown as it may be shown.
std::string dumped(const ordered_json& json) {
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json record_json(const DriftRecord& record) {
    ordered_json out{{"system", record.system}, {"call", record.call},   {"kind", record.kind},
                     {"path", record.path},     {"place", record.place}, {"count", record.count}};
    if (!record.example.empty()) out["example"] = record.example;
    out["counts"] = record.counts;
    out["firstSeen"] = rfc3339(record.first_seen);
    out["lastSeen"] = rfc3339(record.last_seen);
    out["mapping"] = record.mapping.file + ":" + std::to_string(record.mapping.line);
    return out;
}

// A misspelt system must not look like one without drift.
std::optional<Error> unknown_system(const std::string& wanted, const Snapshot& snapshot) {
    std::vector<std::string_view> names;
    for (const auto& system : snapshot.config.systems) names.push_back(system.name);
    if (wanted.empty() || std::find(names.begin(), names.end(), wanted) != names.end()) return std::nullopt;
    auto near = nearest(wanted, names);
    return Error{ErrorKind::unknown_operation,
                 "there is no system of this name" + (near.empty() ? "" : "; did you mean '" + near + "'?")};
}

Result<AdminAnswer> drift_answer(const DriftBook& book, const Snapshot& snapshot, const AdminRequest& request) {
    auto system = request.parameter("system");
    if (auto error = unknown_system(system, snapshot)) return std::move(*error);
    ordered_json drift = ordered_json::array(), left_out = ordered_json::object();
    for (const auto& record : book.records(system)) drift.push_back(record_json(record));
    for (const auto& [name, sightings] : book.left_out())
        if (system.empty() || system == name) left_out[name] = sightings;
    return AdminAnswer{200, "application/json",
                       dumped({{"drift", std::move(drift)}, {"leftOut", std::move(left_out)}})};
}

}  // namespace

void add_drift_endpoints(std::vector<Endpoint>& table, const DriftBook& book, SnapshotSource snapshot) {
    table.push_back({"GET", "/api/v1/drift", false, Role::viewer, [&book, snapshot](const AdminRequest& request) {
                         return drift_answer(book, *snapshot(), request);
                     }});
}

}  // namespace headgate
