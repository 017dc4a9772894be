// The writes of which nobody knows whether they took effect, for people.
#pragma once

#include "gateway/writes/key_row.hpp"

namespace headgate::writes {

// By name, after `after_name` (a row's name()). Blocks on the store: off the workers.
Result<std::vector<KeyRow>> unknown_writes(store::Store& store, const std::string& after_name, std::size_t at_most);

}  // namespace headgate::writes
