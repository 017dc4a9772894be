// Bundle: a contract as one self-contained document: what it refers to in other files becomes its own components.
#pragma once

#include "base/result.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// A tree without places, its members in the document's order, components that came from elsewhere last. A name that is
// taken already gets a number. Fails where a reference leads to no component of a file that the registry has read.
Result<SourceNode> bundle(const Registry& registry, const Contract& contract);

}  // namespace headgate
