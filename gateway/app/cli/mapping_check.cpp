// headgate mapping check: what each mapping accounts for, which laws its rules keep, and its cases.
#include "gateway/app/cli/mapping_check.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

#include "base/clock.hpp"
#include "base/timestamp.hpp"
#include "gateway/app/cli/words.hpp"
#include "gateway/config/config.hpp"
#include "mappings/plan/cases.hpp"

namespace headgate::cli {
namespace {

// Where contracts and mappings are: of a configuration, or told apart by what the folders hold.
struct Folders {
    std::vector<std::string> contracts, mappings;
};

std::optional<Folders> folders_of(const MappingCheckOptions& options, Diagnostics& diagnostics) {
    Folders out;
    if (options.folders.empty()) {
        auto config = load_config(options.config, diagnostics);
        if (!config || diagnostics.has_errors()) return std::nullopt;
        return Folders{config->contracts, config->mappings};
    }
    for (const auto& folder : options.folders) {
        std::error_code error;
        std::filesystem::directory_iterator files(folder, error);
        if (error) {
            diagnostics.error({folder, 0, 0}, "this folder can't be read: " + error.message());
            continue;
        }
        bool maps = std::any_of(begin(files), end(files), [](const auto& entry) {
            return entry.path().filename().string().ends_with(".map.yaml");
        });
        (maps ? out.mappings : out.contracts).push_back(folder);
    }
    if (out.mappings.empty() || out.contracts.empty())
        diagnostics.error({options.folders.front(), 0, 0},
                          out.mappings.empty() ? "no folder holds mappings" : "no folder holds contracts",
                          "headgate mapping check contracts/catalog mappings/catalog");
    if (diagnostics.has_errors()) return std::nullopt;
    return out;
}

void run_all_cases(const Folders& folders, const PlanSet& plans, MappingFindings& findings) {
    std::set<std::string> refused;
    for (const auto& one : findings.mappings)
        if (!one.check.plan && !one.check.call.empty()) refused.insert(one.check.call);
    for (const auto& folder : folders.mappings)
        for (const auto& path : case_files(folder)) {
            Diagnostics faults;
            for (const auto& count : run_cases(path, plans, faults, refused))
                for (auto& one : findings.mappings)
                    if (one.check.call == count.call && one.check.plan) {
                        one.cases += count.run;
                        one.cases_failed += count.failed;
                    }
            findings.cases.add(faults);
        }
}

void try_laws(const MappingCheckOptions& options, const Registry& contracts, MappingFindings& findings) {
    if (options.documents == 0) return;
    auto run = [&](const Plan& plan, mappings::Direction direction) -> std::optional<mappings::RoundTripResult> {
        auto trips = mappings::RoundTrips::of(plan, contracts, direction);
        if (!trips) return std::nullopt;
        return trips->run(options.documents, options.seed);
    };
    for (auto& one : findings.mappings)
        if (one.check.plan) {
            one.request = run(*one.check.plan, mappings::Direction::to_legacy);
            one.reply = run(*one.check.plan, mappings::Direction::to_contract);
        }
}

}  // namespace

int mapping_check(const MappingCheckOptions& options) {
    Diagnostics diagnostics;
    auto folders = folders_of(options, diagnostics);
    std::shared_ptr<const Registry> contracts;
    if (folders) contracts = load_contracts(folders->contracts, diagnostics);
    if (!folders || diagnostics.has_errors()) {
        std::cerr << diagnostics.text();
        return Exit::usage;
    }
    std::vector<MappingCheck> checks;
    Diagnostics all, past;
    auto plans = load_mappings(folders->mappings, contracts, all, &checks);
    MappingFindings findings;
    for (auto& check : checks) findings.mappings.emplace_back().check = std::move(check);
    warn_of_past_drops(*plans, options.today.empty() ? rfc3339(system_clock().wall_now()).substr(0, 10) : options.today,
                       past);
    for (const auto& warning : past.all())
        for (auto& one : findings.mappings) {
            const auto& drops = one.check.report.drops;
            auto of = [&](const auto& drop) {
                return drop.mark.file == warning.mark.file && drop.mark.line == warning.mark.line;
            };
            if (std::any_of(drops.begin(), drops.end(), of))
                one.check.diagnostics.warning(warning.mark, warning.message, warning.hint);
        }
    run_all_cases(*folders, *plans, findings);
    try_laws(options, *contracts, findings);
    std::cerr << diagnostics.text();
    std::cout << (options.output == "json" ? as_json(findings) : as_table(findings));
    return findings.good() ? Exit::ok : Exit::findings;
}

void add_mapping_check(CLI::App& mapping, int& exit) {
    auto options = std::make_shared<MappingCheckOptions>();  // lives as long as the command that captures it
    auto& check = verb(mapping, "check", "what each mapping accounts for, its laws and its cases",
                       "headgate mapping check -c headgate.yaml\n"
                       "  headgate mapping check contracts/catalog mappings/catalog -o json",
                       exit, [options] { return mapping_check(*options); });
    check.add_option("folders", options->folders, "folders of contracts and of mappings, instead of a configuration");
    check.add_option("-c,--config", options->config, "the configuration that names the folders")->capture_default_str();
    check.add_option("--today", options->today, "the day by which drops are past, 2026-11-26; else today");
    check
        .add_option("--documents", options->documents,
                    "generated for each direction of a mapping, held against its laws; 0: none")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    check.add_option("--seed", options->seed, "of the first document; the next has the next")
        ->check(CLI::Validator(
            [](const std::string& text) {
                bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
                return digits ? std::string() : "'" + text + "' is no whole number from 0 on";
            },
            "WHOLE"))
        ->capture_default_str();
    add_output(check, options->output);
}

}  // namespace headgate::cli
