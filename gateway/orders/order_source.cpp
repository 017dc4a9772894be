// Reads orders of the log for callers.
#include "gateway/orders/order_source.hpp"

#include <algorithm>

#include "base/timestamp.hpp"
#include "contracts/document/json.hpp"

namespace headgate::orders {

namespace {

using store::WorkState;

std::string_view state_of(const std::vector<store::Work>& steps) {
    auto any = [&](WorkState state) {
        return std::any_of(steps.begin(), steps.end(), [&](const auto& step) { return step.state == state; });
    };
    return any(WorkState::held) ? "held" : any(WorkState::ready) ? "open" : "done";
}

class OrderSystem final : public System {
  public:
    explicit OrderSystem(store::AsyncStore store) : store_(store) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto asked = call.plan->to_legacy(call.message, call.builder);
        if (!asked) co_return std::move(asked).error();
        const bool by_key = std::get<StoreQuery>(call.plan->call()).field == "key";
        const Value* id = asked->find(by_key ? "key" : "orderId");
        std::string text(id && id->is_string() ? id->text() : std::string_view());
        std::function<Result<std::optional<OrderDetail>>(store::Store&)> show =
            [text, by_key, caller = call.context.caller](store::Store& store) {
                return by_key ? show_order_of(store, caller, text) : show_order(store, text);
            };
        auto found = co_await store_.read(std::move(show), call.context.deadline);
        if (!found) co_return std::move(found).error();
        if (!*found) co_return Error{ErrorKind::rejected, "there is no such order", {}, {}, {}, "not-found"};
        auto document = order_document(**found, call.builder);
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

}  // namespace headgate::orders
