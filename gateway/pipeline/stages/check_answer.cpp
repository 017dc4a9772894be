// check_answer: on the way back, holds the answer against the contract and writes its bytes once, for caller and
// mirror.
#include "contracts/document/json.hpp"
#include "gateway/pipeline/answer.hpp"
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
        exchange.response.status = reply.status;
        exchange.response.body.clear();
        if (reply.message.is_null()) co_return;
        exchange.response.content_type = reply.status >= 400 ? "application/problem+json" : "application/json";
        write_json(reply.message, exchange.response.body);
    }
};

}  // namespace

std::unique_ptr<Stage> make_check_answer() { return std::make_unique<CheckAnswer>(); }

}  // namespace headgate
