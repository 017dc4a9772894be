// Reading orders out of the store.
#include "gateway/orders/orders_view.hpp"

#include <nlohmann/json.hpp>

namespace headgate::orders {

Result<std::vector<OrderSummary>> list_orders(store::Store& store, std::int64_t before_revision, std::size_t at_most) {
    auto rows = store.recent(orders_kept, before_revision, at_most);
    if (!rows) return rows.error();
    std::vector<OrderSummary> all;
    for (const auto& row : *rows) {
        OrderSummary summary{row.key, row.revision};
        auto steps = store.work_of(row.key);
        if (!steps) return steps.error();
        for (const auto& step : *steps) {
            summary.steps_ready += step.state == store::WorkState::ready;
            summary.steps_held += step.state == store::WorkState::held;
            summary.steps_done += step.state == store::WorkState::done;
        }
        all.push_back(std::move(summary));
    }
    return all;
}

Result<std::vector<store::Work>> list_steps(store::Store& store, store::WorkState state, std::size_t at_most) {
    return store.work_in(step_queue, state, at_most);
}

Result<std::optional<OrderDetail>> show_order(store::Store& store, const std::string& order_id) {
    auto row = store.find(orders_kept, order_id);
    if (!row) return row.error();
    if (!*row) return std::optional<OrderDetail>();
    OrderDetail detail{order_id, std::move((*row)->payload), (*row)->revision};
    auto steps = store.work_of(order_id);
    if (!steps) return steps.error();
    detail.steps = std::move(*steps);
    auto events = store.events(order_id, 0, 1'000);
    if (!events) return events.error();
    detail.events = std::move(*events);
    const std::string prefix = "order/" + order_id + "/";
    auto pairs = store.list(cross_references, prefix, 100);
    if (!pairs) return pairs.error();
    for (const auto& pair : *pairs) {
        if (!pair.key.starts_with(prefix)) break;
        const auto json = nlohmann::json::parse(pair.payload, nullptr, false);
        if (json.is_object())
            detail.cross_references.emplace_back(json.value("system", ""), json.value("legacyKey", ""));
    }
    return std::optional<OrderDetail>(std::move(detail));
}

Result<std::optional<OrderDetail>> show_order_of(store::Store& store, const std::string& caller,
                                                 const std::string& key) {
    auto row = store.find(intents, intent_key(caller, key));
    if (!row) return row.error();
    if (!*row) return std::optional<OrderDetail>();
    auto intent = read_intent((*row)->payload);
    if (!intent) return std::move(intent).error();
    if (intent->state != IntentState::committed) return std::optional<OrderDetail>();
    return show_order(store, intent->order_id);
}

Result<OrderCounts> count_orders(store::Store& store) {
    OrderCounts counts;
    auto open = store.count(intents, true);
    if (!open) return open.error();
    counts.open_intents = *open;
    auto steps = store.work_counts(step_queue);
    if (!steps) return steps.error();
    counts.steps = *steps;
    auto releases = store.work_counts(release_queue);
    if (!releases) return releases.error();
    counts.releases = *releases;
    return counts;
}

Result<std::size_t> retry_order(store::Store& store, const std::string& order_id, const RetryRequest& request) {
    auto steps = store.work_of(order_id);
    if (!steps) return steps.error();
    store::Commit commit;
    for (const auto& step : *steps)
        if (step.state == store::WorkState::held)
            commit.changes.push_back({step.id, step.fence, store::WorkState::held, store::WorkState::ready,
                                      request.at_ms, request.at_ms, step.note, true});
    const std::size_t count = commit.changes.size();
    if (count == 0) return std::size_t{0};
    commit.audit.push_back({0, request.at_ms, request.who, "order.retry", request.why,
                            nlohmann::json{{"order", order_id}, {"steps", count}}.dump()});
    auto done = store.commit(std::move(commit));
    if (!done) return done.error();
    if (done->outcome == store::Outcome::conflict)
        return Error{ErrorKind::conflict, "the order's steps have moved meanwhile; look again"};
    if (done->outcome == store::Outcome::unknown)
        return Error{ErrorKind::outcome_unknown, "the store can't tell whether this took effect; look again"};
    return count;
}

}  // namespace headgate::orders
