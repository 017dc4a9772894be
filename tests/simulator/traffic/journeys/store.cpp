// store: an assistant scans one article: is it here, what does it cost, is it elsewhere? One in five is ordered from
// there.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

class Store : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        channel_ = "store";
        buys_ = dice_.below(5) == 0;
        choose(1, buys_);
        return availability(location_id(2 + static_cast<int>(dice_.below(store_count - 1))));
    }
    std::optional<Call> next(const Reply& reply) override {
        wait_ms_ = 0;
        switch (step_++) {
            case 0: return prices();
            case 1:
                if (!learn_prices(reply)) return buys_ ? give_up() : std::nullopt;
                think();
                return availability();
            case 2:
                if (!buys_) return std::nullopt;
                learn_locations(reply);
                return order();
            default: return after_order(reply);
        }
    }

  private:
    int step_ = 0;
    bool buys_ = false;
};

}  // namespace

std::unique_ptr<Journey> make_store(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<Store>(world, number, campaign);
}

}  // namespace simulator
