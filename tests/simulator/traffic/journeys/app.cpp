// app: asks again and again for the same few favourites, a third of the customers with a build that knows version 1
// alone; buys once in eight, mostly to pick up.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

class App : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        channel_ = "app";
        session_ = "s-" + key_;
        old_app_ = dice_.below(3) == 0;
        looks_ = static_cast<int>(dice_.below(4));
        buys_ = !old_app_ && dice_.below(8) == 0;
        pickup_ = dice_.below(4) != 0;
        choose(1 + dice_.below(3), buys_);
        return availability();
    }
    std::optional<Call> next(const Reply& reply) override {
        wait_ms_ = 0;
        if (ordered_) return after_order(reply);
        if (priced_) {
            if (!learn_prices(reply)) return give_up();
            ordered_ = true;
            return order();
        }
        if (!old_app_) learn_locations(reply);
        if (looks_-- > 0) {
            think();
            return availability();
        }
        if (!buys_) return std::nullopt;
        priced_ = true;
        return prices();
    }

  private:
    int looks_ = 0;
    bool buys_ = false, priced_ = false, ordered_ = false;
};

}  // namespace

std::unique_ptr<Journey> make_app(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<App>(world, number, campaign);
}

}  // namespace simulator
