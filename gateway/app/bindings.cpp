#include "gateway/app/bindings.hpp"

#include <nlohmann/json.hpp>

namespace headgate {
namespace {

using nlohmann::json;

constexpr const char* routes = "route";
constexpr const char* evidence_kept = "evidence";
constexpr std::size_t page = 1000;

std::string write_change(const RouteChange& change) {
    return json{{"revision", change.revision},
                {"sharePpm", change.share_ppm},
                {"who", change.who},
                {"why", change.why},
                {"when", change.when}}
        .dump();
}

Result<RouteChange> read_change(const std::string& payload) {
    auto value = json::parse(payload, nullptr, false);
    if (!value.is_object()) return Error{ErrorKind::internal, "a route's record in the store can't be read"};
    return RouteChange{value.value("revision", std::uint64_t(0)), value.value("sharePpm", std::uint32_t(0)),
                       value.value("who", ""), value.value("why", ""), value.value("when", "")};
}

Result<void> outcome(const Result<store::CommitResult>& result, const char* what) {
    if (!result) return result.error();
    switch (result->outcome) {
        case store::Outcome::committed: return Done{};
        case store::Outcome::conflict: return Error{ErrorKind::conflict, std::string(what) + " was changed meanwhile"};
        case store::Outcome::unknown:
            return Error{ErrorKind::outcome_unknown, std::string(what) + " may or may not have been changed"};
    }
    return Error{ErrorKind::internal, "an outcome without a name"};
}

}  // namespace

Result<std::vector<RouteChange>> StoredRoutes::history(const std::string& operation) {
    std::vector<RouteChange> changes;
    std::int64_t after = 0;
    for (;;) {
        auto events = store_.events("route/" + operation, after, page);
        if (!events) return std::move(events).error();
        for (const auto& event : *events) {
            auto change = read_change(event.payload);
            if (!change) return std::move(change).error();
            changes.push_back(std::move(*change));
            after = event.seq;
        }
        if (events->size() < page) return changes;
    }
}

Result<void> StoredRoutes::append(const std::string& operation, const RouteChange& change) {
    auto standing = store_.find(routes, operation);
    if (!standing) return std::move(standing).error();
    std::uint64_t last = 0;
    if (*standing) {
        auto read = read_change((*standing)->payload);
        if (!read) return std::move(read).error();
        last = read->revision;
    }
    if (change.revision != last + 1)
        return Error{ErrorKind::conflict, "the route is at revision " + std::to_string(last)};
    std::string payload = write_change(change);
    std::int64_t now_ms = store::to_ms(system_clock().wall_now());
    store::Commit commit;
    commit.conditions.push_back({routes, operation, *standing ? (*standing)->revision : 0});
    commit.puts.push_back({routes, operation, payload, {}});
    commit.events.push_back({0, "route/" + operation, "share-set", now_ms, payload});
    commit.audit.push_back({0, now_ms, change.who, "route-share-set", change.why, payload});
    return outcome(store_.commit(std::move(commit)), "the route");
}

Result<void> StoredFindings::save(const OperationEvidence& evidence) {
    store::Commit commit;
    commit.puts.push_back({evidence_kept, evidence.operation, write_evidence(evidence), {}});
    return outcome(store_.commit(std::move(commit)), "the evidence");
}

Result<std::vector<OperationEvidence>> StoredFindings::load() {
    auto records = store_.list(evidence_kept, "", page);
    if (!records) return std::move(records).error();
    std::vector<OperationEvidence> out;
    for (const auto& record : *records) {
        auto evidence = read_evidence(record.payload);
        if (!evidence) return std::move(evidence).error();
        out.push_back(std::move(*evidence));
    }
    return out;
}

}  // namespace headgate
