// What `headgate mapping check` finds, and how it is told.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "mappings/plan/laws/round_trips.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::cli {

struct MappingCheckOptions {
    std::vector<std::string> folders;
    std::string config = "headgate.yaml", today, output = "table";
    int documents = 200;  // generated for each direction of a mapping
    std::uint64_t seed = 1;
};
int mapping_check(const MappingCheckOptions& options);
void add_mapping_check(CLI::App& mapping, int& exit);

// Every generated document was refused: nothing that the contract or the system allows can be told.
inline bool fits_nothing(const std::optional<mappings::RoundTripResult>& result) {
    return result && result->documents > 0 && result->refused >= result->documents;
}

struct CheckedMapping {
    MappingCheck check;
    int cases = 0, cases_failed = 0;
    std::optional<mappings::RoundTripResult> request, reply;  // of generated documents
    bool good() const {
        return !fits_nothing(request) && !fits_nothing(reply) && !check.diagnostics.has_errors() && cases_failed == 0 &&
               !(request && request->failure) && !(reply && reply->failure);
    }
};
struct MappingFindings {
    std::vector<CheckedMapping> mappings;
    Diagnostics cases;  // that failed
    bool good() const;
};
std::string as_table(const MappingFindings& findings);
std::string as_json(const MappingFindings& findings);

}  // namespace headgate::cli
