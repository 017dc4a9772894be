#include "gateway/app/cli/contract_diff.hpp"

#include <iostream>

#include "base/timestamp.hpp"
#include "contracts/evolution/contract_diff.hpp"
#include "gateway/app/cli/client.hpp"

namespace headgate::cli {
namespace {

DiffSummary summary_of(const std::vector<ReportedChange>& changes, const std::string& fail_on) {
    using evolution::Level;
    DiffSummary summary;
    for (const auto& one : changes) {
        Level level = one.change.level;
        ++(level == Level::breaking ? summary.breaking : level == Level::risky ? summary.risky : summary.compatible);
    }
    summary.failed = fail_on != "never" && (summary.breaking > 0 || (fail_on == "risky" && summary.risky > 0));
    return summary;
}

}  // namespace

int contract_diff(const ContractDiffOptions& options) {
    Diagnostics diagnostics;
    evolution::DiffOptions diff;
    diff.today = options.today.empty() ? rfc3339(std::chrono::system_clock::now()).substr(0, 10) : options.today;
    std::vector<ReportedChange> changes;
    if (auto found = evolution::diff_contracts(options.before, options.after, diff, diagnostics))
        for (auto& change : *found) changes.push_back({std::move(change), {}, {}});
    if (!diagnostics.has_errors()) join_mappings(changes, options.mappings, diagnostics);
    if (!diagnostics.has_errors() && !options.usage.empty()) join_usage(changes, options.usage, diagnostics);
    std::cerr << diagnostics.text();
    if (diagnostics.has_errors()) return Exit::usage;
    DiffSummary summary = summary_of(changes, options.fail_on);
    std::cout << (options.output == "json"    ? diff_json(changes, summary)
                  : options.output == "sarif" ? diff_sarif(changes)
                                              : diff_table(changes, summary));
    return summary.failed ? Exit::findings : Exit::ok;
}

}  // namespace headgate::cli
