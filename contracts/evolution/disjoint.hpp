// Whether no value can match two of some schemas; said only where it is certain.
#pragma once

#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

// By their types, or by a member that each must have and whose values they share none of.
bool are_disjoint(ApiFiles& files, const std::vector<Conjunction>& schemas, Budget& budget);

}  // namespace headgate::evolution
