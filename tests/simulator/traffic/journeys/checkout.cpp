// checkout: availability and prices of 1 to 3 articles, then an order at places that have enough.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

class Checkout : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        constexpr const char* channels[] = {"web", "store", "app", "marketplace"};
        channel_ = channels[dice_.below(4)];
        repeat_ = dice_.below(20) == 0;
        pickup_ = dice_.below(4) == 0;
        choose(1 + dice_.below(3), true);
        return availability();
    }
    std::optional<Call> next(const Reply& reply) override {
        wait_ms_ = 0;
        switch (step_++) {
            case 0: learn_locations(reply); return prices();
            case 1:
                if (!learn_prices(reply)) return give_up();
                return order();
            default: return after_order(reply);
        }
    }

  private:
    int step_ = 0;
};

}  // namespace

std::unique_ptr<Journey> make_checkout(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<Checkout>(world, number, campaign);
}

}  // namespace simulator
