// Usage: who calls which version of which contract, from which build, with which fields, and what each caller declares
// to rely on. The answer is also what `headgate contract diff --usage` reads.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/timestamp.hpp"
#include "contracts/usage/app_build.hpp"
#include "contracts/usage/usage_book.hpp"
#include "gateway/admin/endpoints.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;

// What was asked for; empty: everything.
struct Scope {
    std::string contract, operation, caller;
    bool covers(const Operation& of, const std::string& from) const {
        return (contract.empty() || contract == of.contract) && (operation.empty() || operation == of.name) &&
               (caller.empty() || caller == from);
    }
};

// Fails when nothing of that name is known: a misspelt name must not look like a version that nobody calls.
Result<Scope> scope_of(const AdminRequest& request, const Snapshot& snapshot, const std::vector<UsageRecord>& records) {
    Scope scope{request.parameter("contract"), request.parameter("operation"), request.parameter("caller")};
    auto known = [](const std::string& wanted, const std::vector<std::string_view>& names, const char* what) {
        if (wanted.empty() || std::find(names.begin(), names.end(), wanted) != names.end()) return Result<void>(Done{});
        std::string near = nearest(wanted, names);
        return Result<void>(
            Error{ErrorKind::unknown_operation, "there is no " + std::string(what) + " of this name" +
                                                    (near.empty() ? "" : "; did you mean '" + near + "'?")});
    };
    std::vector<std::string_view> contracts, operations, callers{anonymous_caller};
    for (const auto& contract : snapshot.contracts->contracts()) contracts.push_back(contract->name);
    for (const auto& operation : snapshot.contracts->operations()) operations.push_back(operation->name);
    for (const auto& caller : snapshot.config.callers) callers.push_back(caller.name);
    for (const auto& record : records) callers.push_back(record.key.caller);
    if (auto found = known(scope.contract, contracts, "contract"); !found) return found.error();
    if (auto found = known(scope.operation, operations, "operation"); !found) return found.error();
    if (auto found = known(scope.caller, callers, "caller"); !found) return found.error();
    return scope;
}

// Nothing when the caller declares nothing of this operation: then nobody knows what it reads.
std::optional<ordered_json> relied_fields(const Snapshot& snapshot, const std::string& caller,
                                          const Operation& operation) {
    std::optional<ordered_json> fields;
    for (const auto& contract : snapshot.caller_contracts)
        for (const auto& reliance : contract.relies_on) {
            if (contract.caller != caller || reliance.operation != &operation) continue;
            if (!fields) fields = ordered_json::array();
            for (const auto& field : reliance.fields)
                if (std::find(fields->begin(), fields->end(), field) == fields->end()) fields->push_back(field);
        }
    return fields;
}

ordered_json row_json(const UsageRecord& record, const Operation& operation, const Snapshot& snapshot) {
    const auto& [key, usage] = record;
    ordered_json row{{"caller", key.caller},    {"operation", key.operation},         {"contract", operation.contract},
                     {"build", key.build},      {"deprecated", operation.deprecated}, {"calls", usage.calls},
                     {"refused", usage.refused}};
    if (usage.calls > 0) {
        row["firstSeen"] = rfc3339(usage.first_seen);
        row["lastSeen"] = rfc3339(usage.last_seen);
    }
    ordered_json fields = ordered_json::array();
    for (const auto& [path, calls] : usage.fields) fields.push_back({{"path", path}, {"calls", calls}});
    row["requestFields"] = std::move(fields);
    auto relied = relied_fields(snapshot, key.caller, operation);
    row["declared"] = relied.has_value();
    row["responseFields"] = relied ? std::move(*relied) : ordered_json::array();
    return row;
}

// Who declares to rely on an operation and never called it breaks all the same when it changes.
void add_declared(std::vector<UsageRecord>& records, const Snapshot& snapshot) {
    for (const auto& contract : snapshot.caller_contracts)
        for (const auto& reliance : contract.relies_on) {
            auto called = [&](const UsageRecord& record) {
                return record.key.caller == contract.caller && record.key.operation == reliance.operation->name;
            };
            if (std::none_of(records.begin(), records.end(), called))
                records.push_back({{reliance.operation->name, contract.caller, std::string(unknown_build)}, {}});
        }
}

ordered_json contract_json(const Contract& contract, std::uint64_t calls, std::size_t callers, WallTime now) {
    const Lifecycle& life = contract.lifecycle;
    ordered_json out{{"contract", contract.name}, {"version", contract.version}, {"state", name(life.state)}};
    if (life.deprecated) out["deprecated"] = rfc3339(*life.deprecated);
    if (life.sunset) {
        out["sunset"] = rfc3339(*life.sunset);
        out["daysToSunset"] = std::chrono::floor<std::chrono::days>(*life.sunset - now).count();
    }
    if (!life.successor.empty()) out["successor"] = life.successor;
    out["calls"] = calls;
    out["callers"] = callers;
    return out;
}

Result<AdminAnswer> usage_answer(UsageBook& book, const Snapshot& snapshot, const AdminRequest& request, WallTime now) {
    auto records = book.usage();
    auto scope = scope_of(request, snapshot, records);
    if (!scope) return std::move(scope).error();
    add_declared(records, snapshot);
    ordered_json rows = ordered_json::array(), contracts = ordered_json::array();
    std::map<std::string_view, std::uint64_t> calls;
    std::map<std::string_view, std::set<std::string_view>> callers;
    for (const auto& record : records) {
        const Operation* operation = snapshot.contracts->find(record.key.operation);
        if (!operation || !scope->covers(*operation, record.key.caller)) continue;
        rows.push_back(row_json(record, *operation, snapshot));
        calls[operation->contract] += record.usage.calls;
        if (record.usage.calls > 0) callers[operation->contract].insert(record.key.caller);
    }
    const Operation* only = scope->operation.empty() ? nullptr : snapshot.contracts->find(scope->operation);
    for (const auto& contract : snapshot.contracts->contracts())
        if ((scope->contract.empty() || contract->name == scope->contract) &&
            (!only || only->contract == contract->name))
            contracts.push_back(contract_json(*contract, calls[contract->name], callers[contract->name].size(), now));
    ordered_json answer{{"at", rfc3339(now)}, {"contracts", std::move(contracts)}, {"callers", std::move(rows)}};
    return AdminAnswer{200, "application/json", answer.dump(-1, ' ', false, ordered_json::error_handler_t::replace)};
}

}  // namespace

void add_usage_endpoints(std::vector<Endpoint>& table, UsageBook& usage, SnapshotSource snapshot, const Clock& clock) {
    table.push_back(
        {"GET", "/api/v1/usage", false, Role::viewer, [&usage, &clock, snapshot](const AdminRequest& request) {
             return usage_answer(usage, *snapshot(), request, clock.wall_now());
         }});
}

}  // namespace headgate
