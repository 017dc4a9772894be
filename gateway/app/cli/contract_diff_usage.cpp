// Which callers a change hits, by the record of what each has sent and relied on: what `headgate contract usage`
// writes.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "contracts/evolution/rules.hpp"
#include "gateway/app/cli/contract_diff.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

struct Usage {
    std::string caller, operation;
    std::vector<std::string> request_fields, response_fields;
    bool declared = true;  // false: nobody knows what the caller reads of the answers
};

// Each field is its path, or an object with its `path`.
std::optional<std::vector<std::string>> paths(const json& entry, const char* key) {
    std::vector<std::string> out;
    auto found = entry.find(key);
    if (found == entry.end()) return out;
    if (!found->is_array()) return std::nullopt;
    for (const auto& field : *found) {
        const json& path = field.is_object() ? field.value("path", json()) : field;
        if (!path.is_string()) return std::nullopt;
        out.push_back(path.get<std::string>());
    }
    return out;
}

std::vector<Usage> read_usage(const std::string& path, Diagnostics& diagnostics) {
    constexpr std::size_t most_bytes = 64 * 1024 * 1024;
    auto text = read_file(path, most_bytes);
    std::vector<Usage> all;
    auto fault = [&](const std::string& message) {
        diagnostics.error({path, 0, 0}, message, "headgate contract usage -o json writes it");
        return all;
    };
    if (!text) return fault(text.error().message);
    json document = json::parse(*text, nullptr, false);
    if (!document.is_object() || !document.contains("callers") || !document["callers"].is_array())
        return fault("is no record of usage: an object with the list 'callers' is expected");
    std::size_t index = 0;
    for (const auto& entry : document["callers"]) {
        std::string at = "/callers/" + std::to_string(index++);
        if (!entry.is_object()) return fault(at + " is no object");
        auto caller = entry.find("caller"), operation = entry.find("operation");
        if (caller == entry.end() || !caller->is_string()) return fault(at + "/caller must be text");
        if (operation == entry.end() || !operation->is_string()) return fault(at + "/operation must be text");
        auto request = paths(entry, "requestFields"), response = paths(entry, "responseFields");
        if (!request) return fault(at + "/requestFields must be a list of paths");
        if (!response) return fault(at + "/responseFields must be a list of paths");
        auto declared = entry.value("declared", json(entry.contains("responseFields")));
        if (!declared.is_boolean()) return fault(at + "/declared must be true or false");
        all.push_back({caller->get<std::string>(), operation->get<std::string>(), std::move(*request),
                       std::move(*response), declared.get<bool>()});
    }
    return all;
}

// Fields are recorded of requests, and of the bodies of successes. Whatever else changes hits all who call.
bool is_about_recorded_field(const evolution::Change& change) {
    if (change.path.empty() || change.elsewhere || evolution::find_rule(change.rule)->hits_every_caller) return false;
    if (change.direction == evolution::Direction::request) return true;
    return change.direction == evolution::Direction::response && change.status.starts_with('2') &&
           change.where.find(" header ") == std::string::npos;
}

// Whether one of the fields is what changed, or lies in it. A field above it is none: the record names each place by
// itself. But one with nothing recorded below stands for all that may be there.
bool reaches(const std::vector<std::string>& fields, const std::string& changed) {
    auto depth = [](const std::string& path) { return std::count(path.begin(), path.end(), '/'); };
    return std::any_of(fields.begin(), fields.end(), [&](const std::string& field) {
        if (!paths_touch(field, changed)) return false;
        if (depth(field) >= depth(changed)) return true;
        return std::none_of(fields.begin(), fields.end(),
                            [&](const std::string& other) { return other.starts_with(field + "/"); });
    });
}

bool is_hit(const evolution::Change& change, const Usage& usage) {
    if (change.operation.empty()) return usage.operation.starts_with(change.contract + "/");
    if (usage.operation != change.operation) return false;
    if (!is_about_recorded_field(change)) return true;
    if (change.direction == evolution::Direction::response && !usage.declared) return true;
    const auto& fields =
        change.direction == evolution::Direction::request ? usage.request_fields : usage.response_fields;
    return reaches(fields, change.path);
}

}  // namespace

void join_usage(std::vector<ReportedChange>& changes, const std::string& path, Diagnostics& diagnostics) {
    auto all = read_usage(path, diagnostics);
    for (auto& one : changes) {
        // A component that no operation refers to is in no message that was recorded.
        if (one.change.where.starts_with("component ")) continue;
        auto& callers = one.callers.emplace();
        for (const auto& usage : all)
            if (is_hit(one.change, usage) && std::find(callers.begin(), callers.end(), usage.caller) == callers.end())
                callers.push_back(usage.caller);
        std::sort(callers.begin(), callers.end());
    }
}

}  // namespace headgate::cli
