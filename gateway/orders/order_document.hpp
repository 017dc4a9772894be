// The Order document that a captured request becomes.
#pragma once

#include "base/clock.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate::orders {

// orderId, status and acceptedAt, then the body's members as they came. Lives in the builder's arena and in `message`.
Value make_order(const Operation& operation, const Value& message, std::string_view order_id, WallTime accepted_at,
                 Builder& builder);

}  // namespace headgate::orders
