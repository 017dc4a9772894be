// mock_answer: answers from the contract itself, in place of a system: an example, or what its schema allows.
#include "gateway/pipeline/mock_reply.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class MockAnswer final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next) override {
        Preference preference = read_preference(exchange.request);
        auto mock = mock_reply(*exchange.match.operation, exchange.message, exchange.request.header("accept"),
                               preference, exchange.builder);
        if (!mock) {
            exchange.fail(std::move(mock).error());
            co_return;
        }
        exchange.reply = mock->reply;
        auto& headers = exchange.response.headers;
        headers = std::move(mock->headers);
        headers.push_back({"headgate-mock", std::move(mock->example)});
        if (std::string applied = preference.applied(); !applied.empty())
            headers.push_back({"Preference-Applied", std::move(applied)});
        co_return;
    }
};

}  // namespace

std::unique_ptr<Stage> make_mock_answer() { return std::make_unique<MockAnswer>(); }

}  // namespace headgate
