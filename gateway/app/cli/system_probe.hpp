// headgate system probe: what a system is today, held against what the mappings were made for.
#pragma once

#include <string>
#include <vector>

#include "adapters/examination.hpp"
#include "base/result.hpp"

namespace headgate::cli {

struct SystemProbeOptions {
    std::string system;
    std::string config = "headgate.yaml";
    std::string file;  // of a system that exchanges files: one of them; else the newest in its outbox
    std::string output = "table";
};
int system_probe(const SystemProbeOptions& options);

// An EDI file held against the guides of the mappings.
Result<Examination> examine_file(const std::string& path, const std::vector<const Plan*>& plans);

// The report, for people or as JSON.
std::string probe_text(const std::string& system, const Examination& examination);
std::string probe_json(const std::string& system, const Examination& examination);

}  // namespace headgate::cli
