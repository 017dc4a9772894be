// Intake: the names of a source that matter, as a tree; one pass over the source puts each value into its slot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/value.hpp"

namespace headgate::mappings {

// Built at load, then immutable.
struct Intake {
    std::string name;
    int slot = -1;
    std::vector<Intake> children;
    std::uint64_t head = 0;  // the name's first bytes: most other names are told apart by them alone
    int null_slot = -1;      // true when the value is there and null

    Intake& child(std::string_view child_name);  // added when new
    // `hint`: where the search begins, and where the next one should.
    const Intake* find(std::string_view child_name, std::size_t& hint) const;
};

// Stores what `intake` names of `value` in the slots. A list of one is taken for its item; of a longer one, in the
// place of a single value, the node is returned: nullptr means that all went well.
const Intake* dispatch(const Value& value, const Intake& intake, Value* slots);

}  // namespace headgate::mappings
