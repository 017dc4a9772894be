// Cases: examples beside a mapping (*.cases.yaml) that state what it writes and reads; run by the tests.
#pragma once

#include <string>

#include "contracts/document/source.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

struct CaseCount {
    int run = 0, failed = 0;
};

// Runs the cases of one file against the deployment's plans; each failure is a diagnostic at the case's place that
// shows what was expected and what came out. The file's form is in docs/reference/mapping.md.
CaseCount run_cases(const std::string& path, const PlanSet& plans, Diagnostics& diagnostics);

// A node of a YAML file as a document: plain true, false, null and numbers are those, all else is text.
Value to_document(const SourceNode& node, Builder& builder);

}  // namespace headgate
