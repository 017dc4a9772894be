// web: a session. The visitor looks at one to five pages of articles, reads, and buys what the last page had once in
// six.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

class Web : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        session_ = "s-" + key_;
        pages_ = 1 + static_cast<int>(dice_.below(5));
        buys_ = dice_.below(6) == 0;
        pickup_ = dice_.below(5) == 0;
        repeat_ = dice_.below(20) == 0;
        return page();
    }
    std::optional<Call> next(const Reply& reply) override {
        wait_ms_ = 0;
        switch (step_) {
            case Step::availability:
                learn_locations(reply);
                step_ = Step::prices;
                return prices();
            case Step::prices: {
                const bool priced = learn_prices(reply);
                if (pages_ > 0) {
                    think();
                    return page();
                }
                if (!buys_) return std::nullopt;
                if (!priced) return give_up();
                think();
                step_ = Step::order;
                return order();
            }
            case Step::order: return after_order(reply);
        }
        return std::nullopt;
    }

  private:
    enum class Step { availability, prices, order };
    Call page() {
        --pages_;
        step_ = Step::availability;
        const bool last = pages_ == 0 && buys_;
        choose(1 + dice_.below(last ? 3 : 6), last);
        return availability();
    }
    Step step_ = Step::availability;
    int pages_ = 1;
    bool buys_ = false;
};

}  // namespace

std::unique_ptr<Journey> make_web(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<Web>(world, number, campaign);
}

}  // namespace simulator
