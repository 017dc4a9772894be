// headgate contract diff: what it is asked, and what a change is together with whom it hits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/evolution/change.hpp"

namespace headgate::cli {

struct ContractDiffOptions {
    std::string before, after;  // two files, or two folders
    std::string fail_on = "breaking";
    std::string output = "table";
    std::vector<std::string> mappings;  // folders
    std::string usage;                  // what `headgate contract usage -o json` has written
    std::string today;                  // 2026-11-26; else the machine's
};

// A rule of a mapping that reads or writes what has changed.
struct TouchedMapping {
    std::string mapping;  // orders.v1/Order -> shop.orderCreate
    std::string legacy;   // ord/pos/artnr; the call itself when the change is about the whole message
    SourceMark mark;
};

struct ReportedChange {
    evolution::Change change;
    std::vector<TouchedMapping> mappings;
    // Who is hit, as far as is recorded; nothing without a record.
    std::optional<std::vector<std::string>> callers;
};

// Each reads its files, and reports what is wrong with them.
void join_mappings(std::vector<ReportedChange>& changes, const std::vector<std::string>& folders,
                   Diagnostics& diagnostics);  // contract_diff_mappings.cpp
void join_usage(std::vector<ReportedChange>& changes, const std::string& path,
                Diagnostics& diagnostics);  // .._usage.cpp

// `/items/*/sku` is touched by what is said of it, of what holds it, and of what it holds.
bool paths_touch(const std::string& one, const std::string& other);

struct DiffSummary {
    std::size_t breaking = 0, risky = 0, compatible = 0;
    bool failed = false;
};
std::string diff_table(const std::vector<ReportedChange>& changes, const DiffSummary& summary);
std::string diff_json(const std::vector<ReportedChange>& changes, const DiffSummary& summary);
std::string diff_sarif(const std::vector<ReportedChange>& changes);  // contract_diff_sarif.cpp

int contract_diff(const ContractDiffOptions& options);

}  // namespace headgate::cli
