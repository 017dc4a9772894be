// Reads kept messages for callers.
#include "base/timestamp.hpp"
#include "contracts/document/json.hpp"
#include "gateway/feeds/kept_messages.hpp"
#include "gateway/feeds/read_model.hpp"
#include "gateway/orders/rows.hpp"

namespace headgate::feeds {
namespace {

constexpr std::size_t most_messages = 500;

// What is read of the store for one question.
struct Found {
    std::vector<KeptMessage> messages;
    std::vector<std::string> orders;  // of each message, where they are told beside it
};

Error not_found() { return Error{ErrorKind::rejected, "there is no such thing", {}, {}, {}, "not-found"}; }

Result<std::string> order_of(store::Store& store, const std::string& order_id) {
    auto row = store.find(orders::orders_kept, order_id);
    if (!row) return row.error();
    if (!*row) return not_found();
    return std::move((*row)->payload);
}

// A message that names an order which is not ours can't be told where orders are told beside it.
Result<Found> find_messages(store::Store& store, const StoreQuery& query, const std::string& value) {
    Found out;
    if (query.of == StoreQuery::Of::message) {
        auto one = find_kept(store, query.component, value);
        if (!one) return std::move(one).error();
        if (!*one) return not_found();
        out.messages.push_back(std::move(**one));
    } else {
        auto all = list_kept(store, query.component, query.field, value, most_messages);
        if (!all) return std::move(all).error();
        out.messages = std::move(*all);
    }
    if (query.contract.empty()) return out;
    if (out.messages.empty() && query.field == "orderId")
        if (auto order = order_of(store, value); !order) return std::move(order).error();
    for (const auto& kept : out.messages) {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(kept.message, builder, {}, false);
        if (!message)
            return Error{ErrorKind::internal, "a kept message can't be read", message.error().message, "store"};
        auto order = order_of(store, std::string(message->find("orderId")->text()));
        if (!order) return std::move(order).error();
        out.orders.push_back(std::move(*order));
    }
    return out;
}

Result<Value> document_of(const StoreQuery& query, const Found& found, std::int64_t as_of_ms, Builder& builder) {
    Arena& arena = builder.arena();
    auto moment = [&](std::string_view key, std::int64_t ms) {
        builder.key(key);
        builder.string(arena.copy(rfc3339(WallTime(milliseconds(ms)))));
    };
    // Each text is read before the document is begun: a builder makes one thing at a time.
    std::vector<std::pair<Value, Value>> parts;
    for (std::size_t i = 0; i < found.messages.size(); ++i) {
        auto message = read_json(arena.copy(found.messages[i].message), builder);
        if (!message)
            return Error{ErrorKind::internal, "a kept message can't be read", message.error().message, "store"};
        Result<Value> order = Value();
        if (i < found.orders.size()) order = read_json(arena.copy(found.orders[i]), builder);
        if (!order) return Error{ErrorKind::internal, "a stored order can't be read", order.error().message, "store"};
        parts.emplace_back(*message, *order);
    }
    auto members = [&](std::size_t i) {
        builder.key("message");
        builder.value(parts[i].first);
        moment("receivedAt", found.messages[i].at_ms);
        if (found.orders.empty()) return;
        builder.key("order");
        builder.value(parts[i].second);
    };
    builder.begin_object();
    if (query.of == StoreQuery::Of::message) {
        members(0);
    } else {
        builder.key("messages");
        builder.begin_array();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            builder.begin_object();
            members(i);
            builder.end_object();
        }
        builder.end_array();
    }
    moment("asOf", as_of_ms);
    builder.end_object();
    return builder.take();
}

class ReadModelSystem final : public System {
  public:
    ReadModelSystem(store::AsyncStore store, const Freshness& freshness, const Clock& clock)
        : store_(store), freshness_(freshness), clock_(clock) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        const auto& query = std::get<StoreQuery>(call.plan->call());
        auto asked = call.plan->to_legacy(call.message, call.builder);
        if (!asked) co_return std::move(asked).error();
        const auto fresh = freshness_.of(query.component);
        const std::int64_t now_ms = store::to_ms(clock_.wall_now());
        if (!fresh || now_ms - fresh->as_of_ms > fresh->stale.count())
            co_return Error{ErrorKind::system_unavailable, "what is known is too old to be told",
                            query.component + " as of " + std::to_string(fresh ? fresh->as_of_ms : 0)};
        const Value* value = asked->find(query.field);
        std::string text(value && value->is_string() ? value->text() : std::string_view());
        std::function<Result<Found>(store::Store&)> find = [&query, text](store::Store& store) {
            return find_messages(store, query, text);
        };
        auto found = co_await store_.read(std::move(find), call.context.deadline);
        if (!found) co_return std::move(found).error();
        auto document = document_of(query, *found, fresh->as_of_ms, call.builder);
        if (!document) co_return std::move(document).error();
        auto message = call.plan->to_contract(*document, call.message, call.builder);
        if (!message) co_return std::move(message).error();
        co_return SystemReply{200, *message};
    }

    Task<Result<void>> probe(const CallContext& context) override {
        auto counted = co_await store_.find("kept", "", context.deadline);
        if (!counted) co_return std::move(counted).error();
        co_return Result<void>();
    }

  private:
    store::AsyncStore store_;
    const Freshness& freshness_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<System> ReadModel::for_worker(HttpClient&) {
    return std::make_unique<ReadModelSystem>(store_.value(), *freshness_, *clock_);
}

std::string ReadModel::refuses(const Plan& plan) const {
    const auto* query = std::get_if<StoreQuery>(&plan.call());
    if (query && query->of_messages()) return {};
    return "it is the read model, which has no calls of systems and no orders";
}

}  // namespace headgate::feeds
