// capture_order: a route that captures takes the order durably and answers from the order log; others go on.
#include "gateway/orders/capture.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class CaptureOrder final : public Stage {
  public:
    explicit CaptureOrder(Services& services) : services_(services) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        const Route& route = *exchange.operation->route;
        if (!route.capture) {
            co_await next(exchange);
            co_return;
        }
        if (exchange.context.shadow) {
            exchange.fail({ErrorKind::forbidden, "a mirrored call may not create an order"});
            co_return;
        }
        const CaptureTargets& targets = *route.capture;
        orders::CaptureRoute capture{.stock = exchange.worker->system(targets.reserve.host),
                                     .reserve = targets.reserve.plan,
                                     .stock_deadline = targets.reserve.host->deadline(),
                                     .release = targets.release_name,
                                     .steps = targets.step_names,
                                     .holder_time = targets.intent,
                                     .rehearse = [&exchange, &targets](const Value& order, Builder& builder) {
                                         return rehearse(exchange, targets, order, builder);
                                     }};
        const Value* key = exchange.message.find("Idempotency-Key");
        orders::CaptureRequest request{*route.operation, exchange.context.caller,
                                       key && key->is_string() ? std::string(key->text()) : std::string(),
                                       exchange.message};
        auto captured = co_await services_.capture.capture(request, capture, exchange.context);
        if (!captured) {
            exchange.fail(std::move(captured).error());
            co_return;
        }
        exchange.response.status = route.operation->success_status;
        const auto& declared = route.operation->contents(exchange.response.status);
        exchange.response.content_type = declared.empty() ? "application/json" : declared.front().media_type;
        exchange.response.headers = captured->headers(*route.operation);
        exchange.response.body = std::move(captured->body);
    }

  private:
    // Every system that will hear of the order makes what it would send: what can't be told is the caller's to mend.
    static Result<void> rehearse(const Exchange& exchange, const CaptureTargets& targets, const Value& order,
                                 Builder& builder) {
        auto tried = [&](const Target& target) -> Result<void> {
            SystemCall call{nullptr, target.plan, order, builder, exchange.context};
            auto fits = exchange.worker->system(target.host).rehearse(call);
            if (fits || fits.error().kind == ErrorKind::internal) return fits;
            Error error = std::move(fits).error();
            error.kind = ErrorKind::invalid_message;
            error.message = "this can't be told to every system that must hear of the order";
            return error;
        };
        if (auto fits = tried(targets.reserve); !fits) return fits;
        for (const Target& step : targets.steps)
            if (auto fits = tried(step); !fits) return fits;
        return Done{};
    }

    Services& services_;
};

}  // namespace

std::unique_ptr<Stage> make_capture_order(Services& services) { return std::make_unique<CaptureOrder>(services); }

}  // namespace headgate
