// admit: a bound on the requests in flight over all workers; beyond it the answer is 503 at once.
#include "gateway/pipeline/stages.hpp"

namespace headgate {
namespace {

class Admit final : public Stage {
  public:
    explicit Admit(Essentials& services) : services_(services) {}

    Task<void> handle(Exchange& exchange, Next next) override {
        Permit permit(services_.in_flight);
        if (permit.number > exchange.worker->snapshot().config.limits.in_flight) {
            exchange.fail({ErrorKind::overloaded, "too many requests are in flight"});
            co_return;
        }
        co_await next(exchange);
    }

  private:
    struct Permit {
        explicit Permit(std::atomic<std::size_t>& c)
            : count(c), number(c.fetch_add(1, std::memory_order_relaxed) + 1) {}
        ~Permit() { count.fetch_sub(1, std::memory_order_relaxed); }
        Permit(const Permit&) = delete;
        Permit& operator=(const Permit&) = delete;
        std::atomic<std::size_t>& count;
        std::size_t number;
    };
    Essentials& services_;
};

}  // namespace

std::unique_ptr<Stage> make_admit(Essentials& services) { return std::make_unique<Admit>(services); }

}  // namespace headgate
