// Finding: all differences with one cause; OperationEvidence: all that is known of one operation's comparison.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "shadow/compare/difference.hpp"
#include "shadow/findings/latency.hpp"
#include "shadow/findings/tally.hpp"

namespace headgate {

struct FindingExample {
    std::string path;         // with keys
    std::string left, right;  // legacy's and the candidate's value, as short JSON; empty: absent
    std::string trace_id;
    WallTime at;
};

// A value. Its identity is the operation, the folded path, the kind and the value class, and stays the same across
// restarts and releases.
struct Finding {
    std::string id;  // 12 hexadecimal digits
    std::string operation;
    std::string path;  // folded; "" is the answer as a whole
    DifferenceKind kind = DifferenceKind::value;
    std::string value_class;
    std::uint64_t count = 0;  // differences
    std::uint64_t pairs = 0;  // pairs with at least one
    WallTime first_seen, last_seen;
    FindingExample first, last;
    std::vector<FindingExample> examples;  // a uniform sample of all, at most FindingLimits::examples
};

std::string finding_id(std::string_view operation, std::string_view folded_path, DifferenceKind kind,
                       std::string_view value_class);

// How much a customer would feel it, 0 to 5: a wrong sold-out or price before a wrong text. Only the vocabulary's words
// decide, no operation.
int harm(const Finding& finding);

// A value; what is stored and what is reported.
struct OperationEvidence {
    std::string operation;
    Tally tally;
    std::uint64_t pairs = 0;             // judged: compared, or one side failed
    std::uint64_t differing = 0;         // of those, with at least one difference
    std::uint64_t ignored = 0;           // differences that the contract says to ignore
    LatencyHistogram legacy, candidate;  // of compared pairs
    LatencyHistogram skew;               // from the request's start to the copy's
    std::vector<Finding> findings;       // by harm, then count
};

// Most harmful first, then most frequent, then by path.
void sort_findings(std::vector<Finding>& findings);

}  // namespace headgate
