// The single values that a schema allows and that are worth trying: plain ones, and those at the edges.
#pragma once

#include "contracts/schema/sample_candidates.hpp"

namespace headgate::schema {

// Each fits the demands, none is there twice; the first `plain` are no edges. Null and booleans count as plain.
std::vector<Value> single_values(const Program& program, const Demands& demands, std::size_t& plain, Arena& arena);

}  // namespace headgate::schema
