// The changes in SARIF 2.1.0, as code scanning services read it.
#include <map>
#include <nlohmann/json.hpp>

#include "contracts/evolution/rules.hpp"
#include "gateway/app/cli/contract_diff.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

const char* sarif_level(evolution::Level level) {
    switch (level) {
        case evolution::Level::breaking: return "error";
        case evolution::Level::risky: return "warning";
        case evolution::Level::compatible: break;
    }
    return "note";
}

// RFC 3986: what is no plain character of a path is escaped.
std::string uri(std::string_view path) {
    static const char* const hex = "0123456789ABCDEF";
    std::string out;
    for (unsigned char c : path) {
        if (std::isalnum(c) || std::string_view("-._~/").find(static_cast<char>(c)) != std::string_view::npos) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    return path.starts_with('/') ? "file://" + out : out;
}

json location(const SourceMark& mark, const char* message) {
    json physical{{"artifactLocation", {{"uri", uri(mark.file)}}}};
    if (mark.line > 0) physical["region"] = {{"startLine", mark.line}, {"startColumn", std::max(mark.column, 1)}};
    json out{{"physicalLocation", std::move(physical)}};
    if (message) out["message"] = {{"text", message}};
    return out;
}

json result_of(const ReportedChange& one, std::size_t rule_index) {
    const auto& change = one.change;
    std::string text = (change.operation.empty() ? change.contract : change.operation);
    if (!change.where.empty()) text += ", " + change.where;
    if (!change.path.empty()) text += ", " + change.path;
    text += ": " + change.message;
    if (!change.hint.empty()) text += " (" + change.hint + ")";
    if (one.callers && one.callers->empty()) text += "; no caller uses it (as far as is recorded)";
    json result{{"ruleId", change.rule},
                {"ruleIndex", rule_index},
                {"level", sarif_level(change.level)},
                {"message", {{"text", text}}},
                {"properties",
                 {{"level", name(change.level)},
                  {"contract", change.contract},
                  {"operation", change.operation},
                  {"where", change.where},
                  {"path", change.path}}}};
    json locations = json::array(), related = json::array();
    if (change.after) locations.push_back(location(*change.after, nullptr));
    if (change.before) (change.after ? related : locations).push_back(location(*change.before, "before"));
    for (const auto& mapping : one.mappings)
        related.push_back(location(mapping.mark, ("mapping " + mapping.mapping + ": " + mapping.legacy).c_str()));
    for (std::size_t i = 0; i < related.size(); ++i) related[i]["id"] = i + 1;
    if (!locations.empty()) result["locations"] = std::move(locations);
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    if (one.callers) result["properties"]["callers"] = *one.callers;
    return result;
}

}  // namespace

std::string diff_sarif(const std::vector<ReportedChange>& changes) {
    json rules = json::array(), results = json::array();
    std::map<std::string, std::size_t> index;
    for (const auto& rule : evolution::rules()) {
        index.emplace(rule.id, rules.size());
        rules.push_back({{"id", rule.id},
                         {"shortDescription", {{"text", rule.explanation}}},
                         {"defaultConfiguration", {{"level", sarif_level(rule.level)}}}});
    }
    for (const auto& one : changes) results.push_back(result_of(one, index.at(one.change.rule)));
    json run{{"tool", {{"driver", {{"name", "headgate"}, {"version", HEADGATE_VERSION}, {"rules", std::move(rules)}}}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}};
    json out{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
             {"version", "2.1.0"},
             {"runs", json::array({std::move(run)})}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace headgate::cli
