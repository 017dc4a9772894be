// What every journey draws.
#include "tests/simulator/traffic/journey.hpp"

#include <algorithm>
#include <cmath>

namespace simulator {
namespace {

constexpr double hot_share_in_campaign = 0.8;

bool orderable(const Article& article) { return article.has_stock_rows && article.sku != sold_out_sku; }

}  // namespace

Journey::Journey(const World& world, std::uint64_t number, bool campaign)
    : world_(world),
      dice_(number_for(world.catalog.seed(), "journey", number)),
      campaign_(campaign),
      customer_(static_cast<int>(dice_.below(static_cast<std::uint64_t>(world.customers)))),
      key_("order-" + world.run + "-" + std::to_string(number)) {}

// The hottest is drawn most, the others in turn less, as sales are.
const Article& Journey::draw_article() {
    const auto& articles = world_.catalog.articles();
    const double share = std::max(world_.hot_share, campaign_ ? hot_share_in_campaign : 0.0);
    if (share > 0 && dice_.share() < share) {
        const auto rank = static_cast<std::uint64_t>(std::pow(world_.hot_items + 1.0, dice_.share())) - 1;
        for (auto at = number_for(world_.catalog.seed(), "hot", rank);; ++at)
            if (const auto& article = articles[at % articles.size()]; orderable(article)) return article;
    }
    return articles[dice_.below(articles.size())];
}

void Journey::think() {
    wait_ms_ = world_.think_ms == 0
                   ? 0
                   : 1 + static_cast<std::int64_t>(dice_.below(static_cast<std::uint64_t>(world_.think_ms)));
}

}  // namespace simulator
