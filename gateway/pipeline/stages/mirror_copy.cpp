// mirror_copy: sends a sampled copy to the side that does not serve, beside the call, and tells the mirror the answer.
#include "gateway/pipeline/shadow_side.hpp"
#include "gateway/pipeline/stages.hpp"
#include "shadow/mirror/sampling.hpp"

namespace headgate {
namespace {

class MirrorCopy final : public Stage {
  public:
    explicit MirrorCopy(Services& services) : services_(services) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        std::unique_ptr<MirrorTicket> ticket;
        if (eligible(exchange)) ticket = begin(exchange);
        exchange.mirrored = ticket != nullptr;
        co_await next(exchange);
        if (ticket) ticket->served(answer_of(exchange));
    }

  private:
    // A request that is itself shadow is never mirrored or counted.
    static bool eligible(const Exchange& exchange) {
        const Route& route = *exchange.operation->route;
        return route.config->shadow_sample_ppm > 0 && route.candidate && !exchange.context.shadow;
    }

    std::unique_ptr<MirrorTicket> begin(Exchange& exchange) {
        const RouteConfig& config = *exchange.operation->route->config;
        std::string trace_id;
        std::string_view key = exchange.customer;
        if (!config.shadow_sticky || key.empty()) {
            trace_id = exchange.context.trace.trace_id();
            key = trace_id;
        }
        if (!sampled(config.shadow_sample_ppm, config.operation, key)) {
            services_.mirror.sampled_out(config.operation);
            return nullptr;
        }
        return services_.mirror.begin(services_.shadow_side.copy_of(exchange));
    }

    ShadowAnswer answer_of(const Exchange& exchange) const {
        ShadowAnswer answer;
        if (exchange.failure) {
            answer = failed_answer(*exchange.failure);
        } else {
            answer.status = exchange.response.status;
            answer.body = exchange.response.body;
        }
        answer.latency_us =
            std::chrono::duration_cast<std::chrono::microseconds>(services_.clock.steady_now() - exchange.begun)
                .count();
        return answer;
    }

    Services& services_;
};

}  // namespace

std::unique_ptr<Stage> make_mirror_copy(Services& services) { return std::make_unique<MirrorCopy>(services); }

}  // namespace headgate
