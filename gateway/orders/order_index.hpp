// The order log by customer and by time: rows beside each order's own, written in the same commit.
#pragma once

#include "gateway/store/store.hpp"

namespace headgate::orders {

// time/<moment>/<order id> and customer/<customer id>/<moment>/<order id>; the newest comes first.
inline constexpr const char* order_index = "order-index";

// `order`: the captured order as JSON; of one without customer or moment there is nothing to be found by.
std::vector<store::Put> index_rows(const std::string& order_id, const std::string& order);

// Moments are RFC 3339 in UTC, as the contract has them.
struct OrderQuery {
    std::string customer_id = {};                             // empty: of all
    std::string accepted_since = {}, accepted_before = {};    // empty: without end
    std::string after_accepted_at = {}, after_order_id = {};  // behind this one; empty: from the newest
    std::size_t take = 0;
};
// Their identifiers, the newest first. Blocks on the store.
Result<std::vector<std::string>> find_orders(store::Store& store, const OrderQuery& query);

// Orders that were taken before there was an index get their rows; once done, never again. Blocks on the store.
Result<void> index_earlier_orders(store::Store& store);

}  // namespace headgate::orders
