// match_operation: which operation of which contract a request means, and whether it is configured and can be answered.
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

// Whether JSON satisfies an Accept header (RFC 9110, section 12.5.1); parameters other than q=0 are not weighed.
bool accepts_json(std::string_view accept) {
    if (accept.data() == nullptr || accept.empty()) return true;
    while (!accept.empty()) {
        auto comma = accept.find(',');
        std::string_view item = accept.substr(0, comma);
        accept = comma == std::string_view::npos ? std::string_view() : accept.substr(comma + 1);
        auto semicolon = item.find(';');
        std::string_view range = item.substr(0, semicolon);
        while (!range.empty() && (range.front() == ' ' || range.front() == '\t')) range.remove_prefix(1);
        while (!range.empty() && (range.back() == ' ' || range.back() == '\t')) range.remove_suffix(1);
        bool refused = semicolon != std::string_view::npos && item.find("q=0", semicolon) != std::string_view::npos &&
                       item.find("q=0.", semicolon) == std::string_view::npos;
        if (!refused && (range == "*/*" || range == "application/*" || range == "application/json")) return true;
    }
    return false;
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
        if (!accepts_json(exchange.request.header("accept"))) {
            exchange.fail({ErrorKind::not_acceptable, "answers are application/json"});
            co_return;
        }
        co_await next(exchange);
    }
};

}  // namespace

std::unique_ptr<Stage> make_match_operation() { return std::make_unique<MatchOperation>(); }

}  // namespace headgate
