// The fields of a message as a draft sees them: single values and lists, on either side.
#pragma once

#include <string>
#include <vector>

#include "contracts/schema/schema.hpp"
#include "mappings/draft/names.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Borrows shape or node.
struct DraftField {
    std::vector<std::string> steps;  // within the scope
    FieldWords words;
    const Shape* shape = nullptr;  // of a list of values: of one of them
    const LegacyNode* node = nullptr;
    bool required = false;  // with all that is around it
    bool list = false;      // of single values

    std::string path() const;  // as a rule writes it: a.b[], a/b[]
};

// A list of objects.
struct DraftList {
    DraftField field;  // shape: of its items
};

struct DraftFields {
    std::vector<DraftField> values;
    std::vector<DraftList> lists;
};

// Objects are gone into, lists are not. Bounded in depth and number, since schemas may hold themselves.
DraftFields fields_of(const Shape& object);
DraftFields fields_of(const LegacyNode& group);

}  // namespace headgate::mappings
