// browse: availability of 1 to 8 articles, some unknown, sometimes at two locations only; then their prices.
#include "tests/simulator/traffic/kinds.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

class Browse : public Shopping {
  public:
    using Shopping::Shopping;
    Call first() override {
        constexpr const char* channels[] = {"web", "store", "app", "marketplace"};
        channel_ = channels[dice_.below(4)];
        choose(1 + dice_.below(8), false);
        old_app_ = dice_.below(6) == 0;
        std::string locations;
        if (dice_.below(5) < 2) {
            const int from = 1 + static_cast<int>(dice_.below(store_count));
            locations = location_id(from);
            if (from < store_count) locations += "," + location_id(store_count);
        }
        return availability(locations);
    }
    std::optional<Call> next(const Reply&) override {
        if (priced_) return std::nullopt;
        priced_ = true;
        return prices();
    }

  private:
    bool priced_ = false;
};

}  // namespace

std::unique_ptr<Journey> make_browse(const World& world, std::uint64_t number, bool campaign) {
    return std::make_unique<Browse>(world, number, campaign);
}

}  // namespace simulator
