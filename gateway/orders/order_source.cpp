// Reads orders of the log for callers.
#include "gateway/orders/order_source.hpp"

#include <algorithm>
#include <charconv>

#include "base/timestamp.hpp"
#include "contracts/document/json.hpp"
#include "gateway/orders/order_index.hpp"

namespace headgate::orders {

namespace {

using store::WorkState;

constexpr std::size_t most_listed = 501;  // a page, and one that tells of another

std::string_view state_of(const std::vector<store::Work>& steps) {
    auto any = [&](WorkState state) {
        return std::any_of(steps.begin(), steps.end(), [&](const auto& step) { return step.state == state; });
    };
    return any(WorkState::held) ? "held" : any(WorkState::ready) ? "open" : "done";
}

std::string text_at(const Value& document, std::string_view name) {
    const Value* value = document.find(name);
    return value && value->is_string() ? std::string(value->text()) : std::string();
}

OrderQuery query_of(const Value& asked) {
    OrderQuery query{text_at(asked, "customerId"), text_at(asked, "acceptedSince"), text_at(asked, "acceptedBefore")};
    if (const Value* after = asked.find("after")) {
        query.after_accepted_at = text_at(*after, "acceptedAt");
        query.after_order_id = text_at(*after, "orderId");
    }
    const Value* take = asked.find("take");
    auto text = take && take->is_number() ? take->text() : std::string_view();
    std::from_chars(text.data(), text.data() + text.size(), query.take);
    query.take = std::min(query.take, most_listed);
    return query;
}

Result<std::vector<OrderDetail>> read_orders(store::Store& store, const OrderQuery& query) {
    auto found = find_orders(store, query);
    if (!found) return found.error();
    std::vector<OrderDetail> all;
    for (const auto& order_id : *found) {
        auto row = store.find(orders_kept, order_id);
        if (!row) return row.error();
        if (!*row) return Error{ErrorKind::internal, "an order of the log's index is not in the log"};
        auto steps = store.work_of(order_id);
        if (!steps) return steps.error();
        all.push_back({order_id, std::move((*row)->payload), (*row)->revision, std::move(*steps), {}, {}});
    }
    return all;
}

class OrderSystem final : public System {
  public:
    explicit OrderSystem(store::AsyncStore store) : store_(store) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto asked = call.plan->to_legacy(call.message, call.builder);
        if (!asked) co_return std::move(asked).error();
        // Arguments have names: of temporaries beside a co_await this compiler makes copies that it frees twice.
        Result<Value> document = Value();
        const auto& asks = std::get<StoreQuery>(call.plan->call());
        if (asks.of == StoreQuery::Of::orders) {
            const OrderQuery query = query_of(*asked);
            document = co_await listed(call, query);
        } else {
            const bool by_key = asks.field == "key";
            const std::string name = text_at(*asked, by_key ? "key" : "orderId");
            document = co_await single(call, name, by_key);
        }
        if (!document) co_return std::move(document).error();
        auto message = call.plan->to_contract(*document, call.message, call.builder);
        if (!message) co_return std::move(message).error();
        co_return SystemReply{200, *message};
    }

    Task<Result<void>> probe(const CallContext& context) override {
        auto counted = co_await store_.find(orders_kept, "", context.deadline);
        if (!counted) co_return std::move(counted).error();
        co_return Result<void>();
    }

  private:
    // `name`: the order's, or the key under which the caller placed it.
    Task<Result<Value>> single(const SystemCall& call, const std::string& name, bool by_key) {
        std::function<Result<std::optional<OrderDetail>>(store::Store&)> show =
            [name, by_key, caller = call.context.caller](store::Store& store) {
                return by_key ? show_order_of(store, caller, name) : show_order(store, name);
            };
        auto found = co_await store_.read(std::move(show), call.context.deadline);
        if (!found) co_return std::move(found).error();
        if (!*found) co_return Error{ErrorKind::rejected, "there is no such order", {}, {}, {}, "not-found"};
        co_return order_document(**found, call.builder);
    }

    Task<Result<Value>> listed(const SystemCall& call, const OrderQuery& query) {
        std::function<Result<std::vector<OrderDetail>>(store::Store&)> read = [query](store::Store& store) {
            return read_orders(store, query);
        };
        auto found = co_await store_.read(std::move(read), call.context.deadline);
        if (!found) co_return std::move(found).error();
        co_return orders_document(*found, call.builder);
    }

    store::AsyncStore store_;
};

}  // namespace

std::unique_ptr<System> OrderSource::for_worker(HttpClient&) { return std::make_unique<OrderSystem>(store_.value()); }

std::string OrderSource::refuses(const Plan& plan) const {
    return std::holds_alternative<StoreQuery>(plan.call()) ? ""
                                                           : "it is our own order log, which has no calls of systems";
}

Result<Value> order_document(const OrderDetail& detail, Builder& builder) {
    Arena& arena = builder.arena();
    auto order = read_json(arena.copy(detail.order), builder);
    if (!order) return Error{ErrorKind::internal, "an order of the log can't be read", order.error().message};
    auto number = [&](std::string_view key, std::int64_t value) {
        builder.key(key);
        builder.number(arena.copy(std::to_string(value)));
    };
    auto text = [&](std::string_view key, std::string_view value) {
        builder.key(key);
        builder.string(arena.copy(value));
    };
    builder.begin_object();
    builder.key("order");
    builder.value(*order);
    number("revision", detail.revision);
    text("state", state_of(detail.steps));
    builder.key("steps");
    builder.begin_array();
    for (const auto& step : detail.steps) {
        auto payload = read_step(step.payload);
        if (!payload) return std::move(payload).error();
        builder.begin_object();
        text("system", payload->step.system);
        text("call", payload->step.call);
        text("state", store::name(step.state));
        number("attempts", step.attempts);
        text("changedAt", rfc3339(WallTime(milliseconds(step.changed_ms))));
        builder.end_object();
    }
    builder.end_array();
    builder.key("crossReferences");
    builder.begin_array();
    for (const auto& [system, key] : detail.cross_references) {
        builder.begin_object();
        text("system", system);
        text("key", key);
        builder.end_object();
    }
    builder.end_array();
    builder.end_object();
    return builder.take();
}

Result<Value> orders_document(const std::vector<OrderDetail>& orders, Builder& builder) {
    std::vector<Value> read;
    for (const auto& one : orders) {
        auto order = read_json(builder.arena().copy(one.order), builder);
        if (!order) return Error{ErrorKind::internal, "an order of the log can't be read", order.error().message};
        read.push_back(*order);
    }
    builder.begin_object();
    builder.key("orders");
    builder.begin_array();
    for (std::size_t i = 0; i < orders.size(); ++i) {
        builder.begin_object();
        builder.key("order");
        builder.value(read[i]);
        builder.key("state");
        builder.string(builder.arena().copy(state_of(orders[i].steps)));
        builder.end_object();
    }
    builder.end_array();
    builder.end_object();
    return builder.take();
}

}  // namespace headgate::orders
