// marketplace: a partner's batch asks for 50 articles at the central warehouse and their prices, or passes one order
// on.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

constexpr std::uint64_t batch = 50;

class Marketplace : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        channel_ = "marketplace";
        buys_ = dice_.below(2) == 0;
        repeat_ = dice_.below(5) == 0;  // their queue delivers at least once
        choose(buys_ ? 1 : batch, buys_);
        return buys_ ? prices() : availability(location_id(1));
    }
    std::optional<Call> next(const Reply& reply) override {
        wait_ms_ = 0;
        const int step = step_++;
        if (!buys_) return step == 0 ? std::optional(prices()) : std::nullopt;
        if (step > 0) return after_order(reply);
        if (!learn_prices(reply)) return give_up();
        return order();
    }

  private:
    int step_ = 0;
    bool buys_ = false;
};

}  // namespace

std::unique_ptr<Journey> make_marketplace(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<Marketplace>(world, number, campaign);
}

}  // namespace simulator
