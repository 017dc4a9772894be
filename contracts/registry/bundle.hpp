// Bundle: a contract as one self-contained document: what it refers to in other files becomes its own components.
#pragma once

#include "base/result.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// A tree without places, its members in the document's order, components that came from elsewhere last. A name that is
// taken already gets a number; what is no component where it comes from becomes one. $id and $anchor, which only name
// places, are left out. Fails where a $dynamicRef lies in another file or under an $id: it can't mean the same here.
Result<SourceNode> bundle(const Registry& registry, const Contract& contract);

}  // namespace headgate
