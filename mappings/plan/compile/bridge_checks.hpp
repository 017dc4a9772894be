// What holds of a bridge as a whole, beyond its rules: one kind of call on both sides, one key for both, declarations
// that are used, statuses that can be told.
#pragma once

#include <set>

#include "contracts/registry/registry.hpp"
#include "mappings/language/mapping.hpp"

namespace headgate::mappings {

// False after a diagnostic: a read is no bridge to a write, nor the other way round.
bool check_kind(const Mapping& mapping, const Operation& from, const Operation& over, Diagnostics& diagnostics);
// `said`: the declarations of cannot-say that a rule took up.
void check_bridge(const Mapping& mapping, const Operation& from, const Operation& over,
                  const std::set<const CannotSay*>& said, Diagnostics& diagnostics);

}  // namespace headgate::mappings
