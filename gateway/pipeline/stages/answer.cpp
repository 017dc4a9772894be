// answer: calls the serving side and leaves its reply in the exchange.
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class Answer final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next) override {
        const Route& route = *exchange.operation->route;
        if (exchange.context.shadow && !route.operation->safe) {
            exchange.fail({ErrorKind::forbidden, "a mirrored call may not write"});
            co_return;
        }
        const Target& target = exchange.side == Side::candidate ? route.candidate : route.legacy;
        auto reply = co_await ask(exchange.worker->system(target.host), target, *route.operation, exchange.message,
                                  exchange.builder, exchange.context);
        if (reply)
            exchange.reply = std::move(*reply);
        else
            exchange.fail(std::move(reply).error());
    }
};

}  // namespace

std::unique_ptr<Stage> make_answer() { return std::make_unique<Answer>(); }

}  // namespace headgate
