// What holds of a mapping as a whole, beyond its rules.
#pragma once

#include "contracts/schema/schema.hpp"
#include "mappings/language/mapping.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::mappings {

// Tables that no rule uses, fault rules that another meets first, a batch over no list, a query that changes something
// or does not select its columns, an effect of what has none. `request`: the contract's.
void check_mapping(const Mapping& mapping, const Shape* request, const LegacyCall& call, Diagnostics& diagnostics);
// `operation`: nullptr where the mapping is of a component.
void check_repeatable(const Mapping& mapping, const Operation* operation, Diagnostics& diagnostics);

}  // namespace headgate::mappings
