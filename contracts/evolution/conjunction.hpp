// Takes a schema apart into the schemas that all must hold: itself, what `$ref` leads to, the members of `allOf`.
#pragma once

#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

struct Parts {
    std::vector<Place> schemas;  // each once, in the order of the document; booleans are among them
    // The one that is `anyOf: [X, {type: null}]` (or `oneOf`) and all that the others lead to: read as X.
    const SourceNode* null_choice = nullptr;

    // Whether the keyword leads to schemas that are among these.
    bool follow(const SourceNode& schema, std::string_view keyword) const;
};
Parts take_apart(ApiFiles& files, const Conjunction& schemas, Budget& budget);

// What a reference that stands alone leads to, so that all who refer to a schema speak of the same.
Conjunction without_references(ApiFiles& files, Conjunction schemas, Budget& budget);

}  // namespace headgate::evolution
