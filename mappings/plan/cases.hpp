// Cases: examples beside a mapping (*.cases.yaml) that state what it writes and reads; run by the tests.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "contracts/document/source.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

struct CaseCount {
    std::string call;  // as the file names the mapping: shop.priceQuery, or the operation of a bridge
    int run = 0, failed = 0;
};

// Runs the cases of one file against the deployment's plans; each failure is a diagnostic at the case's place that
// shows what was expected and what came out. Those of mappings that are `refused` are left out. The file's form is in
// docs/reference/mapping.md.
std::vector<CaseCount> run_cases(const std::string& path, const PlanSet& plans, Diagnostics& diagnostics,
                                 const std::set<std::string>& refused = {});
// *.cases.yaml of a folder, by name.
std::vector<std::string> case_files(const std::string& folder);

// A node of a YAML file as a document: plain true, false, null and numbers are those, all else is text.
Value to_document(const SourceNode& node, Builder& builder);

}  // namespace headgate
