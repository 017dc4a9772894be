#include "tests/simulator/shop/basket.hpp"

#include <algorithm>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/prices.hpp"

namespace simulator {
namespace {

constexpr std::int64_t delivery_cents = 495, free_from_cents = 5000;

// So many of the pieces are free: of each `take` all but `pay`.
void multi_buy(PricedLine& line, const std::string& wgr, const std::string& local) {
    for (const auto& promotion : shop_promotions()) {
        if (promotion.kind != 'M' || !is_running(promotion, local) || !is_in_category(wgr, promotion.wgr)) continue;
        const auto free = line.line.pieces / promotion.take * (promotion.take - promotion.pay);
        if (free == 0) continue;
        line.discounts.push_back({&promotion, free * line.effective_cents});
        line.total_cents -= free * line.effective_cents;
        return;  // they are not combined
    }
}

// What of the basket a promotion is for.
std::int64_t within(const PricedBasket& basket, const ShopPromotion& promotion) {
    std::int64_t cents = 0;
    for (const auto& line : basket.lines)
        if (promotion.wgr.empty() || is_in_category(texts_of(line.line.sku).category->wgr, promotion.wgr))
            cents += line.total_cents;
    return cents;
}

void take_coupons(PricedBasket& basket, const BasketWish& wish) {
    std::vector<std::pair<std::string, const ShopPromotion*>> good;
    for (const auto& code : wish.coupons) {
        const auto& all = shop_promotions();
        const auto known = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.coupon == code; });
        if (known == all.end())
            basket.refused.push_back({code, 'U'});
        else if (!is_running(*known, wish.local))
            basket.refused.push_back({code, known->from <= wish.local ? 'A' : 'B'});
        else if (within(basket, *known) < known->from_cents)
            basket.refused.push_back({code, 'B'});
        else
            good.emplace_back(code, &*known);
    }
    const auto best = std::max_element(good.begin(), good.end(),
                                       [](const auto& a, const auto& b) { return a.second->cents < b.second->cents; });
    for (auto one = good.begin(); one != good.end(); ++one)
        if (one == best)
            basket.discounts.push_back({one->second, std::min(one->second->cents, basket.subtotal_cents)});
        else
            basket.refused.push_back({one->first, 'K'});
}

// Discounts and delivery are shared out by what the lines cost at each rate; the last rate takes the rest.
void tell_taxes(PricedBasket& basket) {
    std::int64_t reduced = 0;
    for (const auto& line : basket.lines) reduced += line.reduced_tax ? line.total_cents : 0;
    const auto paid_reduced = basket.subtotal_cents == 0 ? 0 : reduced * basket.total_cents / basket.subtotal_cents;
    const auto tell = [&](int permille, std::int64_t paid) {
        if (paid == 0) return;
        const auto net = (paid * 1000 + (1000 + permille) / 2) / (1000 + permille);
        basket.taxes.push_back({permille, net, paid - net});
    };
    tell(190, basket.total_cents - paid_reduced);
    tell(70, paid_reduced);
}

}  // namespace

PricedBasket price_basket(const Catalog& catalog, const std::vector<BasketLine>& lines, const BasketWish& wish) {
    PricedBasket basket;
    for (const auto& line : lines) {
        const auto price = shop_price(*catalog.find(line.sku), wish.channel);
        const auto texts = texts_of(line.sku);
        PricedLine priced{line, price.list_cents, price.effective_cents, price.effective_cents * line.pieces,
                          {},   texts.reduced_tax};
        multi_buy(priced, texts.category->wgr, wish.local);
        basket.subtotal_cents += priced.total_cents;
        basket.lines.push_back(std::move(priced));
    }
    take_coupons(basket, wish);
    basket.total_cents = basket.subtotal_cents;
    for (const auto& discount : basket.discounts) basket.total_cents -= discount.cents;
    if (wish.delivery == 'F') basket.delivery_cents = 0;
    if (wish.delivery == 'V') basket.delivery_cents = basket.subtotal_cents < free_from_cents ? delivery_cents : 0;
    basket.total_cents += std::max<std::int64_t>(basket.delivery_cents, 0);
    tell_taxes(basket);
    return basket;
}

}  // namespace simulator
