// write_once: a write under an Idempotency-Key is carried out once: what was answered first is answered again.
#include <algorithm>

#include "gateway/pipeline/answer.hpp"
#include "gateway/pipeline/stages.hpp"
#include "gateway/writes/write_keys.hpp"

namespace headgate {
namespace {

constexpr std::string_view key_name = "Idempotency-Key";
// An exchange may need so much longer than its deadline until its write has ended.
constexpr milliseconds slack{10'000};

class WriteOnce final : public Stage {
  public:
    explicit WriteOnce(Services& services) : writes_(services.writes) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        const Operation& operation = *exchange.match.operation;
        const Value* key = operation.safe ? nullptr : exchange.message.find(key_name);
        // A contract that knows no keys has its writes carried out as they come; what is shadow writes nothing.
        if (!key || !key->is_string() || exchange.context.shadow) {
            co_await next(exchange);
            co_return;
        }
        const writes::WriteRequest request = request_of(exchange, std::string(key->text()));
        auto held = co_await writes_.begin(request, exchange.context);
        if (!held) {
            exchange.fail(std::move(held).error());
            co_return;
        }
        if (held->replay) co_return replay(std::move(*held->replay), exchange.response);
        const std::string told = held->row.told_key();
        if (request.repeatable) exchange.context.idempotency_key = told;
        exchange.message = with_key(exchange.message, told, exchange.arena);
        co_await next(exchange);
        co_await end(exchange, std::move(*held));
    }

  private:
    static Value with_key(const Value& message, std::string_view key, Arena& arena) {
        auto* members = arena.allocate<Member>(message.size());
        std::copy(message.members_begin(), message.members_end(), members);
        for (std::uint32_t i = 0; i < message.size(); ++i)
            if (members[i].key == key_name) members[i].value = Value::string(arena.copy(key));
        return Value::object(members, message.size());
    }

    static writes::WriteRequest request_of(const Exchange& exchange, std::string key) {
        const Route& route = *exchange.operation->route;
        const bool candidate = exchange.side == Side::candidate;
        const Target& target = candidate ? route.candidate : route.legacy;
        const auto& limits = exchange.worker->snapshot().config.limits;
        return {.operation = *exchange.match.operation,
                .message = exchange.message,
                .caller = exchange.context.caller,
                .key = std::move(key),
                .system = candidate ? route.config->candidate : route.config->legacy,
                // Who speaks the contract knows its keys.
                .repeatable = !target.plan || target.plan->repeatable(),
                .atomic = target.plan && is_atomic(target.plan->call()),
                .holder_time = limits.request + slack,
                .kept = limits.write_kept};
    }

    // Databases and drops say whether they have it.
    static bool is_atomic(const LegacyCall& call) {
        return std::holds_alternative<RowsTransaction>(call) || std::holds_alternative<FileDrop>(call);
    }

    static void replay(writes::KeptAnswer kept, OutgoingResponse& response) {
        response.status = kept.status;
        response.content_type = std::move(kept.content_type);
        response.body = std::move(kept.body);
        response.headers = std::move(kept.headers);
        response.headers.push_back({"Idempotency-Replayed", "true"});
    }

    Task<void> end(Exchange& exchange, writes::HeldWrite held) {
        if (exchange.failure) {
            // It was carried out, and what came back can't be told.
            if (exchange.reply) exchange.failure->kind = ErrorKind::outcome_unknown;
            exchange.failure = co_await writes_.failed(std::move(held), std::move(*exchange.failure));
            co_return;
        }
        // What was answered is the system's own refusal, told as it came.
        if (exchange.reply->status >= 400) {
            Error refusal{exchange.reply->status < 500 ? ErrorKind::rejected : ErrorKind::outcome_unknown,
                          "the system answered " + std::to_string(exchange.reply->status)};
            (void)co_await writes_.failed(std::move(held), std::move(refusal));
            co_return;
        }
        OutgoingResponse told = exchange.response;
        // Over a bridge the exchange has no bytes of this version.
        if (exchange.over) (void)write_reply(*exchange.match.operation, *exchange.reply, {}, told);
        // By name: GCC 12 frees a braced one twice.
        writes::KeptAnswer answer{told.status, std::move(told.content_type), std::move(told.body),
                                  std::move(told.headers)};
        co_await writes_.done(std::move(held), std::move(answer));
    }

    writes::WriteKeys& writes_;
};

}  // namespace

std::unique_ptr<Stage> make_write_once(Services& services) { return std::make_unique<WriteOnce>(services); }

}  // namespace headgate
