// match_operation: which operation of which contract a request means, and whether it is configured and can be answered.
#include "contracts/registry/media_type.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

// What a success of the operation can be told in.
std::string answers(const Operation& operation) {
    std::vector<Content> all;
    for (const auto& [status, response] : operation.responses)
        if (status == 2 || (status >= 200 && status <= 299))
            for (const Content& content : response.contents)
                if (!find_content(all, content.media_type)) all.push_back(content);
    return media_types(all);
}

class MatchOperation final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        auto match = exchange.worker->snapshot().contracts->match(exchange.request.method, exchange.request.path);
        if (!match) {
            exchange.fail(std::move(match).error());
            co_return;
        }
        exchange.match = std::move(*match);
        exchange.operation = &exchange.worker->operation(exchange.match.operation);
        if (!exchange.operation->route) {
            exchange.fail({ErrorKind::unknown_operation, "the operation is in the contract, but not served here"});
            co_return;
        }
        const Operation& operation = *exchange.match.operation;
        if (!acceptable(operation, exchange.request.header("accept"))) {
            exchange.fail({ErrorKind::not_acceptable, "answers are " + answers(operation)});
            co_return;
        }
        co_await next(exchange);
    }
};

}  // namespace

std::unique_ptr<Stage> make_match_operation() { return std::make_unique<MatchOperation>(); }

}  // namespace headgate
