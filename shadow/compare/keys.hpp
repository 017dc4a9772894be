// Keys of keyed arrays: what tells an element apart, and how a path shows it (internal to compare).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contracts/document/value.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

// The text that tells an element of a keyed array apart, written to `scratch` when it isn't a view already; nothing
// when a key member is absent or no scalar. The kind of the key doesn't count: "1" and 1 meet, and differ by type.
std::optional<std::string_view> key_of(const Value& element, std::string_view keys, std::string& scratch);
// sku=HG-100234 or sku=HG-100234,locationId=ST-0007
std::string key_label(const Value& element, std::string_view keys, const Shape* items);

}  // namespace headgate
