// Takes a schema apart into the schemas that all must hold: itself, what `$ref` leads to, the members of `allOf`.
#pragma once

#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

struct Parts {
    std::vector<Place> schemas;  // each once, in the order of the document; booleans are among them
    bool or_null = false;        // by `anyOf: [X, {type: null}]`, which is read as X
};
Parts take_apart(ApiFiles& files, const Conjunction& schemas, Budget& budget);

// What a reference that stands alone leads to, so that all who refer to a schema speak of the same.
Conjunction without_references(ApiFiles& files, Conjunction schemas, Budget& budget);

// Whether the keyword leads to other schemas that take_apart has followed.
bool is_taken_apart(const SourceNode& schema, std::string_view keyword);

}  // namespace headgate::evolution
