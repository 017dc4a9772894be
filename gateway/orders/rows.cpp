// Writing rows, queues and events.
#include "gateway/orders/rows.hpp"

#include <nlohmann/json.hpp>

#include "gateway/orders/order_index.hpp"

namespace headgate::orders {

namespace {
store::Put put_intent(const std::string& key, const Intent& intent) {
    store::Put put{intents, key, write_intent(intent)};
    if (intent.state == IntentState::open) put.due_ms = intent.expires_ms;
    return put;
}
store::Event event(const std::string& order_id, std::string kind, std::int64_t at_ms, const nlohmann::json& payload) {
    return store::Event{0, order_id, std::move(kind), at_ms, payload.dump()};
}
store::Work work(const char* queue, const std::string& order_id, const StepPayload& step, std::int64_t now_ms) {
    store::Work item;
    item.id = order_id + "/" + step.step.text();
    item.queue = queue;
    item.stream = order_id;
    item.kind = step.step.text();
    item.due_ms = item.created_ms = now_ms;
    item.payload = write_step(step);
    return item;
}
}  // namespace

std::string write_step(const StepPayload& step) {
    nlohmann::ordered_json json{{"system", step.step.system}, {"call", step.step.call}};
    if (!step.traceparent.empty()) json["traceparent"] = step.traceparent;
    if (!step.order.empty()) json["order"] = step.order;
    return json.dump();
}

Result<StepPayload> read_step(const std::string& payload) {
    const auto json = nlohmann::json::parse(payload, nullptr, false);
    if (!json.is_object() || !json.contains("system") || !json.contains("call"))
        return Error{ErrorKind::internal, "a stored step can't be read", payload.substr(0, 200), "store"};
    try {
        return StepPayload{
            {json.at("system"), json.at("call")}, json.value("traceparent", ""), json.value("order", "")};
    } catch (const nlohmann::json::exception& e) {
        return Error{ErrorKind::internal, "a stored step can't be read", e.what(), "store"};
    }
}

store::Commit announce(const std::string& key, const Intent& intent, std::int64_t revision) {
    store::Commit commit;
    commit.conditions.push_back({intents, key, revision});
    commit.puts.push_back(put_intent(key, intent));
    return commit;
}

store::Commit commit_order(const std::string& key, const Intent& held, std::int64_t fence, std::int64_t now_ms,
                           const std::vector<StepName>& steps, const std::string& traceparent) {
    Intent committed = held;
    committed.state = IntentState::committed;
    store::Commit commit;
    commit.conditions.push_back({intents, key, fence});
    commit.conditions.push_back({orders_kept, held.order_id, 0});
    commit.puts.push_back(put_intent(key, committed));
    commit.puts.push_back({orders_kept, held.order_id, held.order, {}});
    for (auto& row : index_rows(held.order_id, held.order)) commit.puts.push_back(std::move(row));
    commit.events.push_back(event(held.order_id, "order-captured", now_ms, {{"steps", steps.size()}}));
    for (const auto& step : steps)
        commit.work.push_back(work(step_queue, held.order_id, {step, traceparent, {}}, now_ms));
    return commit;
}

store::Commit end_try(const std::string& key, const Intent& held, std::int64_t fence, std::int64_t now_ms, Ending how,
                      const std::string& why) {
    store::Commit commit;
    commit.conditions.push_back({intents, key, fence});
    if (how == Ending::erase) {
        commit.erases.push_back({intents, key});
        return commit;
    }
    Intent revoked = held;
    revoked.state = IntentState::revoked;
    commit.puts.push_back(put_intent(key, revoked));
    commit.events.push_back(event(held.order_id, "order-revoked", now_ms, {{"why", why}}));
    if (how == Ending::revoke_and_release)
        commit.work.push_back(work(release_queue, held.order_id, {held.release, {}, held.order}, now_ms));
    return commit;
}

store::Commit let_go(const std::string& key, Intent held, std::int64_t fence, std::int64_t now_ms) {
    held.expires_ms = std::min(held.expires_ms, now_ms);
    return announce(key, held, fence);
}

std::vector<store::Put> pair_keys(const std::string& order_id, const std::string& system,
                                  const std::string& legacy_key) {
    // The identifier was made here: the contract's side owns the pairing.
    const nlohmann::ordered_json pair{
        {"orderId", order_id}, {"system", system}, {"legacyKey", legacy_key}, {"owner", "contract"}};
    const std::string text = pair.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return {{cross_references, "order/" + order_id + "/" + system, text, {}},
            {legacy_references, system + "/" + legacy_key, text, {}}};
}

}  // namespace headgate::orders
