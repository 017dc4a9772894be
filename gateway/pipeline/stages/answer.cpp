// answer: calls the serving side and leaves its reply in the exchange.
#include "base/timestamp.hpp"
#include "gateway/pipeline/stages.hpp"
#include "mappings/plan/message_shape.hpp"

namespace headgate {
namespace {

class Answer final : public Stage {
  public:
    explicit Answer(Services& services) : clock_(services.clock) {}

    Task<void> handle(Exchange& exchange, Next) override {
        const Route& route = *exchange.operation->route;
        if (exchange.context.shadow && !route.operation->safe) {
            exchange.fail({ErrorKind::forbidden, "a mirrored call may not write"});
            co_return;
        }
        const Target& target = exchange.side == Side::candidate ? route.candidate : route.legacy;
        const Value message = target.plan && !route.operation->safe ? dated(exchange) : exchange.message;
        auto reply = co_await ask(exchange.worker->system(target.host), target, *route.operation, message,
                                  exchange.builder, exchange.context);
        if (reply)
            exchange.reply = std::move(*reply);
        else
            exchange.fail(std::move(reply).error());
    }

  private:
    // A mapping may tell a system when a change was made.
    Value dated(Exchange& exchange) const {
        const auto& name = mappings::moment_member;
        if (exchange.message.find(name)) return exchange.message;
        auto moment = Value::string(exchange.arena.copy(rfc3339(clock_.wall_now())));
        return with_member(exchange.message, {name, moment}, exchange.builder);
    }

    const Clock& clock_;
};

}  // namespace

std::unique_ptr<Stage> make_answer(Services& services) { return std::make_unique<Answer>(services); }

}  // namespace headgate
