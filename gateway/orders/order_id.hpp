// Identifiers of orders: the same request gives the same one on every replica and after every restart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::orders {

// "HO" and 18 characters (90 bits) of SHA-256 over caller, key and, after a try whose stock was given back, the number
// of the new try: the stock system keeps the old identifier as a tombstone for ever.
std::string derive_order_id(std::string_view caller, std::string_view key, std::int64_t try_number = 0);

}  // namespace headgate::orders
