// pick_side: who serves this customer: legacy, or the candidate for those within the share.
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class PickSide final : public Stage {
  public:
    Task<void> handle(Exchange& exchange, Next next) override {
        const Route& route = *exchange.operation->route;
        for (const auto& header : route.config->sticky) {
            std::string_view value = exchange.request.header(header);
            if (value.empty()) continue;
            exchange.customer = value;
            break;
        }
        if (route.candidate && exchange.operation->share_ppm)
            exchange.side = pick_side(exchange.operation->share_ppm->load(std::memory_order_relaxed),
                                      route.operation->name, exchange.customer);
        co_await next(exchange);
    }
};

}  // namespace

std::unique_ptr<Stage> make_pick_side() { return std::make_unique<PickSide>(); }

}  // namespace headgate
