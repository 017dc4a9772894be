// The fields of a message as a flat list, for people: where each stands, what it is, whether it must be there.
#pragma once

#include <nlohmann/json.hpp>

#include "contracts/schema/schema.hpp"

namespace headgate {

// [{path: "/items/*/sku", type: "string", required: true, format: "date", enum: [...]}, ...] in the schema's order;
// `*` stands for each item of an array. A schema within itself is told once, with `recursive: true`. Bounded.
nlohmann::ordered_json fields_of(const Shape& message);

}  // namespace headgate
