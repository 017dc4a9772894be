// identity: a hash under which two values agree when the contract calls them equal; matches elements of arrays without
// comparing each with each. Seeded anew in every process, so that no answer can be built to collide.
#pragma once

#include <cstdint>
#include <string_view>

#include "contracts/document/value.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

std::uint64_t identity(const Value& value, const Shape* shape);
std::uint64_t seeded_hash(std::string_view text);

// For hash maps whose keys come from outside.
struct SeededHash {
    std::size_t operator()(std::string_view text) const { return seeded_hash(text); }
};

}  // namespace headgate
