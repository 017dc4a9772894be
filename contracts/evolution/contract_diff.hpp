// The comparison of two versions of contracts: every change, by the rules of rules.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/evolution/budget.hpp"
#include "contracts/evolution/change.hpp"

namespace headgate::evolution {

struct DiffOptions {
    std::string today;  // 2026-11-26: whether a sunset has passed, or is too near
    Limits limits = {};
};

// `before` and `after` are two OpenAPI files, or two folders whose files are paired by name. Changes come with the
// gravest first. Nothing when a side can't be read or a reference leads nowhere: then nothing can be said.
std::optional<std::vector<Change>> diff_contracts(const std::string& before, const std::string& after,
                                                  const DiffOptions& options, Diagnostics& diagnostics);

}  // namespace headgate::evolution
