// MessageShape: an operation's request message as mappings see it: parameters by name and the body's members beside
// them.
#pragma once

#include <memory>

#include "contracts/registry/registry.hpp"

namespace headgate::mappings {

// Borrows the operation's schemas.
std::unique_ptr<const Shape> request_shape(const Operation& operation);

}  // namespace headgate::mappings
