// What people and metrics ask about orders: lists, one order with its steps, counts; and trying a held step again.
#pragma once

#include "gateway/orders/rows.hpp"

namespace headgate::orders {

struct OrderSummary {
    std::string order_id = {};
    std::int64_t revision = 0;  // pass the last one's to list_orders for what is older
    std::int64_t steps_ready = 0, steps_held = 0, steps_done = 0;
};
struct OrderDetail {
    std::string order_id = {};
    std::string order = {};  // JSON
    std::int64_t revision = 0;
    std::vector<store::Work> steps = {};
    std::vector<store::Event> events = {};
    std::vector<std::pair<std::string, std::string>> cross_references = {};  // system, legacy key
};
struct OrderCounts {
    std::int64_t open_intents = 0;
    store::WorkCounts steps = {}, releases = {};
};

// All block on the store: call through AsyncStore::read, or off the workers.
Result<std::vector<OrderSummary>> list_orders(store::Store& store, std::int64_t before_revision, std::size_t at_most);
// Orders with a step in this state, the oldest step first.
Result<std::vector<store::Work>> list_steps(store::Store& store, store::WorkState state, std::size_t at_most);
Result<std::optional<OrderDetail>> show_order(store::Store& store, const std::string& order_id);
// The order that a caller has placed under an Idempotency-Key.
Result<std::optional<OrderDetail>> show_order_of(store::Store& store, const std::string& caller,
                                                 const std::string& key);
Result<OrderCounts> count_orders(store::Store& store);

struct RetryRequest {
    std::string who = {}, why = {};
    std::int64_t at_ms = 0;
};
// Held steps of an order become ready at once, with one audit row; how many. conflict when something moved meanwhile.
Result<std::size_t> retry_order(store::Store& store, const std::string& order_id, const RetryRequest& request);

}  // namespace headgate::orders
