// Excerpts: the start of a value as JSON, short enough to keep and to show; personal fields are masked by the schema.
#pragma once

#include <string>

#include "contracts/document/value.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

inline constexpr std::size_t excerpt_bytes = 120;

// At most `limit` bytes and an ellipsis; cut between characters. Costs no more than what it keeps.
std::string excerpt(const Value& value, const Shape* shape = nullptr, std::size_t limit = excerpt_bytes);

}  // namespace headgate
