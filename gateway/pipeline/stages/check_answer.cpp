// check_answer: on the way back, holds the answer against the contract and writes its bytes once, for caller and
// mirror.
#include "gateway/pipeline/answer.hpp"
#include "gateway/pipeline/location.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class CheckAnswer final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        co_await next(exchange);
        if (exchange.failure || !exchange.reply) co_return;
        const SystemReply& reply = *exchange.reply;
        if (auto wrong = disagreement(*exchange.match.operation, reply)) {
            exchange.fail(std::move(*wrong));
            co_return;
        }
        if (auto location = location_of(*exchange.match.operation, reply.status, reply.message, exchange.message))
            exchange.response.headers.push_back({"Location", std::move(*location)});
        // Over a bridge the caller gets other bytes: these are for the mirror alone.
        if (exchange.over && !exchange.mirrored) co_return;
        std::string_view accept = exchange.over ? std::string_view() : exchange.request.header("accept");
        if (auto unacceptable = write_reply(*exchange.match.operation, reply, accept, exchange.response))
            exchange.fail(std::move(*unacceptable));
    }
};

}  // namespace

std::unique_ptr<Stage> make_check_answer() { return std::make_unique<CheckAnswer>(); }

}  // namespace headgate
