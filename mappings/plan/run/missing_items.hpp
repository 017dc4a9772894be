// What was asked for and is not among the items of an answer is told as such.
#pragma once

#include <vector>

#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

// Appends an item of this key.
void append_item(const ToldItem& told, const Value& key, Builder& builder);

// Appends an item for each key of the request that is not in `keys`, once; `keys` then has those too.
void append_missing(const MissingItems& missing, const Value& request, std::vector<Value>& keys, Builder& builder);

}  // namespace headgate::mappings
