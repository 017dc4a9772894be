// What every contract of the retailer has, beyond what OpenAPI asks: bounds, marks, examples, keys and pages.
#pragma once

#include "contracts/registry/registry.hpp"

namespace headgate::test {

// Each schema says what its values are held to:
//   a string     whether it is personal, and how long it gets: maxLength, a pattern without repetition that has no end,
//                an enumeration, or the format of a day or a moment
//   a number     its minimum and its maximum
//   a list       its maxItems, and by `x-compare` what makes its items the same
Diagnostics faults_of_schemas(const Registry& contracts);

// Each operation has an example of its request and of each success; one that changes something takes an
// Idempotency-Key; one that reads a list takes `limit` and `cursor` and answers `items` and `nextCursor`, except where
// the request itself lists what is answered; problems are those of all others, and say the status that they come with.
Diagnostics faults_of_operations(const Registry& contracts);

}  // namespace headgate::test
