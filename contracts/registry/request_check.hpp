// A request message that did not come over the wire (a bridge made it), held against its operation.
#pragma once

#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// True when read_request could have given it. Else `issues` holds each disagreement, as read_request tells them.
// `arena` holds the body's view of the message.
bool check_request(const Operation& operation, const Value& message, Arena& arena, std::vector<SchemaIssue>& issues);

}  // namespace headgate
