// cross_bridge: an operation that another version answers goes on as that version's, and its answer comes back in the
// terms of the one that was asked for.
#include "contracts/document/json.hpp"
#include "contracts/registry/request_check.hpp"
#include "gateway/pipeline/answer.hpp"
#include "gateway/pipeline/location.hpp"
#include "gateway/pipeline/retell.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class CrossBridge final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        const Route& route = *exchange.operation->route;
        if (!route.bridge) {
            co_await next(exchange);
            co_return;
        }
        Bank bank{*route.bridge, exchange.operation, exchange.match.operation, exchange.message};
        if (!cross(exchange, bank)) co_return;
        // The next version may be a bridge itself; load has seen that they end.
        co_await handle(exchange, next);
        come_back(exchange, bank);
    }

  private:
    // Where the exchange came from.
    struct Bank {
        const BridgeTarget& bridge;
        OperationView* view;
        const Operation* operation;
        Value message;
    };

    static bool cross(Exchange& exchange, const Bank& bank) {
        const auto& [over, plan] = bank.bridge;
        auto message = plan->to_legacy(exchange.message, exchange.builder);
        if (!message) {
            exchange.fail(std::move(message).error());
            return false;
        }
        if (!check_request(*over, *message, exchange.arena, exchange.issues)) {
            Error error{ErrorKind::invalid_message,
                        "the version behind, " + over->contract + ", can't take this message"};
            error.pointer = exchange.issues.front().pointer;
            for (const auto& issue : exchange.issues)
                error.detail += issue.pointer + " of " + over->name + ": " + issue.message + "; ";
            retell(error, exchange.issues, *plan);
            exchange.fail(std::move(error));
            return false;
        }
        exchange.message = *message;
        exchange.match.operation = exchange.over = over;
        exchange.operation = &exchange.worker->operation(over);
        return true;
    }

    // The mirror and the tally have had what they need of the other version; what follows is of the one asked for.
    static void come_back(Exchange& exchange, const Bank& bank) {
        exchange.operation = bank.view;
        exchange.match.operation = bank.operation;
        exchange.message = bank.message;
        if (exchange.failure) return retell(*exchange.failure, exchange.issues, *bank.bridge.plan);
        auto answer = answer_behind(exchange);
        auto reply = answer ? translated(exchange, *answer, bank) : std::move(answer);
        auto wrong = reply ? disagreement(*bank.operation, *reply) : std::optional(reply.error());
        if (wrong) {
            wrong->pointer.clear();  // of an answer that nobody sees
            if (!bank.operation->safe) wrong->message = "this was done, and its answer can't be told in this version";
            return exchange.fail(std::move(*wrong));
        }
        auto where = location_of(*bank.operation, reply->status, reply->message, bank.message);
        for (auto& header : exchange.response.headers)
            if (header.name == "Location")
                header.value = where ? *where : moved(header.value, *bank.bridge.over, *bank.operation);
        exchange.reply = *reply;
        if (auto unacceptable =
                write_reply(*bank.operation, *reply, exchange.request.header("accept"), exchange.response))
            exchange.fail(std::move(*unacceptable));
    }

    // An order that was captured is the committed bytes alone.
    static Result<SystemReply> answer_behind(Exchange& exchange) {
        if (exchange.reply) return *exchange.reply;
        SystemReply reply{exchange.response.status, Value()};
        if (exchange.response.body.empty()) return reply;
        auto message = read_json(exchange.arena.copy(exchange.response.body), exchange.builder);
        if (!message) return Error{ErrorKind::internal, "a captured answer can't be read", message.error().message};
        reply.message = *message;
        return reply;
    }

    static Result<SystemReply> translated(Exchange& exchange, const SystemReply& answer, const Bank& bank) {
        const auto& [over, plan] = bank.bridge;
        if (answer.status != over->success_status)
            return SystemReply{answer.status, retold(answer.message, *plan, exchange.builder)};
        if (answer.message.is_null()) return SystemReply{bank.operation->success_status, Value()};
        auto message = plan->to_contract(answer.message, bank.message, exchange.builder);
        if (!message) return std::move(message).error();
        return SystemReply{bank.operation->success_status, *message};
    }

    // /orders/v2/orders/HO1 -> /orders/v1/orders/HO1
    static std::string moved(const std::string& location, const Operation& over, const Operation& from) {
        if (!location.starts_with(over.path + "/")) return location;
        return from.path + location.substr(over.path.size());
    }
};

}  // namespace

std::unique_ptr<Stage> make_cross_bridge() { return std::make_unique<CrossBridge>(); }

}  // namespace headgate
