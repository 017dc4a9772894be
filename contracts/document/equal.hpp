// Equality of documents as JSON Schema means it: numbers by value, objects regardless of order, nothing coerced.
#pragma once

#include <cstdint>

#include "contracts/document/value.hpp"

namespace headgate {

bool equal(const Value& a, const Value& b);
// Equal documents have equal hashes; the seed is random in each process, so that nobody outside can choose collisions.
std::uint64_t hash(const Value& value);

}  // namespace headgate
