// PlanTrace: what each rule of a mapping made of a message, codec by codec; for people who write mappings.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate {

// One rule met once; of a list's rule once for each item.
struct TracedRule {
    // What a codec (or `set`, `calc`, `split`; empty: the field's type) made; `value` is JSON, null: no value.
    struct Stage {
        std::string by, value;
        std::string problem;  // not empty: it refused what it was given, which was expected to be this
    };
    std::string contract;  // JSON Pointer into the contract's message; empty where the rule has no field of it
    std::string legacy;    // pos[2]/aktPreis
    SourceMark mark;       // of the rule
    bool skipped = false;  // a condition around it does not hold
    std::string source;    // JSON of what it was made from; empty: from nothing
    std::vector<Stage> stages;
};

// In the order in which the rules ran.
using PlanTrace = std::vector<TracedRule>;

}  // namespace headgate
