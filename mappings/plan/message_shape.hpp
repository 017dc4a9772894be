// MessageShape: an operation's request message as mappings see it: parameters by name and the body's members beside
// them.
#pragma once

#include <memory>

#include "contracts/registry/registry.hpp"

namespace headgate::mappings {

// What the message of an operation that changes something has besides: the moment at which it is carried out, RFC 3339
// in UTC, unless the contract has a field of that name.
inline constexpr std::string_view moment_member = "now";

// Borrows the operation's schemas.
std::unique_ptr<const Shape> request_shape(const Operation& operation);

}  // namespace headgate::mappings
