// Identifiers and fingerprints of orders: the same request gives the same ones on every replica and after every
// restart.
#pragma once

#include <string>
#include <string_view>

#include "contracts/registry/registry.hpp"

namespace headgate::orders {

// "HO" and 18 characters (90 bits) of SHA-256 over caller, key and, after a try whose stock was given back, the number
// of the new try: the stock system keeps the old identifier as a tombstone for ever.
std::string derive_order_id(std::string_view caller, std::string_view key, std::int64_t try_number = 0);

// SHA-256 in hexadecimal over the operation's name and the body's members, written with sorted keys: neither white
// space nor the order of members makes another request of it. Parameters (the key itself) don't count.
std::string fingerprint(const Operation& operation, const Value& message);

// True for a member of the request message that came as a parameter, not in the body.
bool is_parameter(const Operation& operation, std::string_view member);

}  // namespace headgate::orders
