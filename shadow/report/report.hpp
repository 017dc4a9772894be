// The difference report: what share of the traffic was seen and compared, what differs and how often, as text for a
// terminal and as JSON. Plain functions over evidence; no state, any thread.
#pragma once

#include <string>
#include <vector>

#include "shadow/findings/finding.hpp"

namespace headgate {

struct ReportOptions {
    std::size_t findings = 25;  // of one operation; the text says how many more there are
};

// Plain ASCII layout without colour; control characters from answers are never written.
std::string report_text(const std::vector<OperationEvidence>& operations, const ReportOptions& options = {});

// {"operations": [{operation, tally: {..., addsUp}, comparedShare, latency, findings: [...]}]}; every finding.
std::string report_json(const std::vector<OperationEvidence>& operations);

}  // namespace headgate
