// headgate contract usage
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "contracts/registry/percent.hpp"
#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

std::string word(const json& value, const char* key) {
    auto found = value.find(key);
    if (found == value.end() || found->is_null()) return "-";
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string day(const json& value, const char* key) { return word(value, key).substr(0, 10); }

// "12.5%"; a field that one call in ten thousand had is not 0%.
std::string share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "-";
    std::uint64_t thousandths = part * 1000 / whole;
    if (thousandths == 0 && part > 0) return "<0.1%";
    std::string tenth = thousandths % 10 == 0 ? "" : "." + std::to_string(thousandths % 10);
    return std::to_string(thousandths / 10) + tenth + "%";
}

void print_calls(const json& usage) {
    std::vector<std::vector<std::string>> rows{
        {"CONTRACT", "CALLER", "BUILD", "OPERATION", "CALLS", "REFUSED", "FIRST SEEN", "LAST SEEN"}};
    for (const auto& row : usage["callers"])
        rows.push_back({word(row, "contract"), word(row, "caller"), word(row, "build"),
                        word(row, "operation").substr(word(row, "contract").size() + 1), word(row, "calls"),
                        word(row, "refused"), word(row, "firstSeen"), word(row, "lastSeen")});
    std::cout << table(rows);
}

// "inventory.v1 is deprecated since 2026-12-01; its sunset is 2027-06-30, in 216 days; go to inventory.v2; ..."
void print_lifecycles(const json& usage) {
    for (const auto& contract : usage["contracts"]) {
        if (word(contract, "state") != "deprecated") continue;
        std::cout << word(contract, "contract") << " is deprecated since " << day(contract, "deprecated");
        if (contract.contains("sunset")) {
            auto days = contract.value("daysToSunset", std::int64_t(0));
            std::cout << "; its sunset " << (days < 0 ? "was " : "is ") << day(contract, "sunset")
                      << (days < 0 ? ", " + std::to_string(-days) + " days ago"
                                   : ", in " + std::to_string(days) + " days");
        }
        if (contract.contains("successor")) std::cout << "; go to " << word(contract, "successor");
        std::set<std::string> callers;
        for (const auto& row : usage["callers"])
            if (row["contract"] == contract["contract"] && row.value("calls", std::uint64_t(0)) > 0)
                callers.insert(word(row, "caller"));
        std::string names;
        for (const auto& name : callers) names += (names.empty() ? "" : ", ") + name;
        std::cout << "; called by " << (names.empty() ? "nobody" : names) << "\n";
    }
}

// The fields of one operation: of each caller, over all builds, those that it sent, then those that it relies on.
void print_fields(const json& usage) {
    std::map<std::string, std::uint64_t> valid;                         // calls of a caller that were read
    std::map<std::pair<std::string, std::string>, std::uint64_t> sent;  // by field, caller
    std::set<std::pair<std::string, std::string>> relied;
    std::set<std::string> silent;
    for (const auto& row : usage["callers"]) {
        std::string caller = word(row, "caller");
        valid[caller] += row.value("calls", std::uint64_t(0)) - row.value("refused", std::uint64_t(0));
        for (const auto& field : row["requestFields"])
            sent[{word(field, "path"), caller}] += field.value("calls", std::uint64_t(0));
        if (!row.value("declared", false)) silent.insert(caller);
        for (const auto& field : row["responseFields"]) relied.emplace(field.get<std::string>(), caller);
    }
    std::vector<std::vector<std::string>> requests{{"FIELD SENT", "CALLER", "CALLS", "SHARE"}};
    for (const auto& [key, calls] : sent)
        requests.push_back({key.first, key.second, std::to_string(calls), share(calls, valid[key.second])});
    std::cout << "\n" << table(requests);
    std::vector<std::vector<std::string>> answers{{"FIELD RELIED ON", "CALLER"}};
    for (const auto& [field, caller] : relied) answers.push_back({field, caller});
    if (!relied.empty()) std::cout << "\n" << table(answers);
    for (const auto& caller : silent) std::cout << "what " << caller << " reads of the answers is not declared\n";
}

}  // namespace

int contract_usage(const ServerOptions& server, const std::string& what, const std::string& caller) {
    bool operation = what.find('/') != std::string::npos;
    std::string target = "/api/v1/usage";
    auto add = [&](const char* key, const std::string& value) {
        if (value.empty()) return;
        target += (target.find('?') == std::string::npos ? "?" : "&") + std::string(key) + "=";
        percent_encode(value, target);
    };
    add(operation ? "operation" : "contract", what);
    add("caller", caller);
    auto reply = call_admin(server, "GET", target);
    if (reply.exit != Exit::ok) return reply.exit;
    auto usage = json::parse(reply.body, nullptr, false);
    if (server.output == "json") {
        std::cout << usage.dump(2) << "\n";
        return Exit::ok;
    }
    print_calls(usage);
    if (operation) print_fields(usage);
    print_lifecycles(usage);
    return Exit::ok;
}

}  // namespace headgate::cli
