// Computes a calc expression over the values of a frame, exactly.
#pragma once

#include <span>

#include "mappings/plan/run/frame.hpp"

namespace headgate::mappings {

// `problem` is a static text, what was expected; empty: `number` is the result, unless a field is absent: then it is
// nothing. `culprit`: the value that didn't fit, where there is one.
struct Computed {
    std::optional<Exact> number = {};
    std::string_view problem = {};
    Value culprit = {};
};

Computed compute(std::span<const CalcOp> program, const Frame& frame, Arena& arena);

}  // namespace headgate::mappings
