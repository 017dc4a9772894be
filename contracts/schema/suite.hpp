// Runs a folder of cases in the layout of JSON Schema's official suite: files of groups, a group of one schema and the
// documents that it is judged by.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate::schema {

struct SuiteOptions {
    std::string remotes;  // folder that stands for remote_address; empty: looked for beside the suite
    bool assert_format = false;
};

// A case whose answer was wrong.
struct SuiteFailure {
    SourceMark mark;  // of the case
    std::string group, test;
    std::string why;  // what was expected, and what was found instead
};

struct SuiteResult {
    int files = 0, passed = 0;
    std::vector<SuiteFailure> failures;
};

// The folder's own *.json files, in the order of their names. What is no suite at all goes to diagnostics.
SuiteResult run_suite(const std::string& folder, const SuiteOptions& options, Diagnostics& diagnostics);

}  // namespace headgate::schema
