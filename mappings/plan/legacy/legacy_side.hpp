// The `legacy:` block held against its schema: what an adapter must know, and the trees that rules are checked against.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "mappings/language/mapping.hpp"
#include "mappings/plan/plan.hpp"
#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

struct LegacySide {
    LegacyCall call;
    const LegacyNode* request = nullptr;  // into `call` or `columns`; nullptr: parameters
    const LegacyNode* reply = nullptr;    // nullptr: nothing comes back
    bool writes = true;                   // false: a file that is read alone, and `request` is nothing
    bool rows = false;
    std::unique_ptr<LegacyNode> columns;
    std::unique_ptr<const Shape> message;              // of a bridge: the other version's request message
    std::vector<std::unique_ptr<const Shape>> shapes;  // of our own store: the values in the trees
    std::vector<std::string> files;                    // read for it, for the fingerprint
};

// Reads WSDL or guide beside the mapping's file, or the other version of a bridge. nullptr after diagnostics. The trees
// live in the result.
std::unique_ptr<LegacySide> open_legacy_side(const Mapping& mapping, const Registry& contracts,
                                             Diagnostics& diagnostics);

// Named parameters of the SQL against what the rules make; fills the call's parameter lists.
void bind_parameters(const Mapping& mapping, const Transfer& request, LegacySide& side, Diagnostics& diagnostics);

}  // namespace headgate::mappings
