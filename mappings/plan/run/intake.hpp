// Intake: the names of a source that matter, as a tree; one pass over the source puts each value into its slot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/value.hpp"

namespace headgate {
struct LegacyNode;
}

namespace headgate::mappings {

// Built at load, then immutable.
struct Intake {
    std::string name;
    int slot = -1;
    std::vector<Intake> children;
    std::uint64_t head = 0;  // the name's first bytes: most other names are told apart by them alone
    int null_slot = -1;      // true when the value is there and null
    bool every_row = false;  // of a group: a list of each row's value
    bool closed = false;     // its children are all that the schema knows: another name is drift

    Intake& child(std::string_view child_name);  // added when new
    // `hint`: where the search begins, and where the next one should.
    const Intake* find(std::string_view child_name, std::size_t& hint) const;
};

// Closes the tree where rules look into the message: every name that the schema knows there, in its order. What is
// left behind whole, and the items of lists, which have trees of their own, stay as they are.
void close(Intake& intake, const LegacyNode& node);

// Stores what `intake` names of `value` in the slots. A list of one is taken for its item; of a longer one, in the
// place of a single value, and of text in the place of members that are closed, the node is returned, the first of
// them: nullptr means that all went well. `unknown`: true when a closed node met another name, else left as it is.
const Intake* dispatch(const Value& value, const Intake& intake, Value* slots, bool& unknown);
inline const Intake* dispatch(const Value& value, const Intake& intake, Value* slots) {
    bool unknown = false;
    return dispatch(value, intake, slots, unknown);
}
// Of the node that dispatch returned: whether it has text.
bool has_text(const Value& value, const Intake& intake, const Intake& where);

}  // namespace headgate::mappings
