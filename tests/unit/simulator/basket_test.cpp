// What a basket costs at the shop: whole cents, one promotion a line, one coupon a basket.
#include "tests/simulator/shop/basket.hpp"

#include <gtest/gtest.h>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/prices.hpp"

namespace simulator {
namespace {

constexpr const char* november = "2026-11-23 10:00:00";

class Basket : public testing::Test {
  protected:
    // The first article of the category without a promotion of its own.
    std::string sku_of(const std::string& wgr) {
        for (const auto& article : catalog_.articles())
            if (article.promotion == nullptr && texts_of(article.sku).category->wgr == wgr) return article.sku;
        return {};
    }
    std::int64_t price_of(const std::string& sku) { return shop_price(*catalog_.find(sku), "01").effective_cents; }
    PricedBasket price(const std::string& sku, std::int64_t pieces, BasketWish wish = {"01", november, {}, ' '}) {
        return price_basket(catalog_, {{"001", sku, pieces}}, wish);
    }
    Catalog catalog_{7};
};

TEST_F(Basket, CostsItsLines) {
    const auto sku = sku_of("040000");
    const auto basket = price(sku, 3);
    EXPECT_EQ(basket.subtotal_cents, 3 * price_of(sku));
    EXPECT_EQ(basket.total_cents, basket.subtotal_cents);
    EXPECT_EQ(basket.delivery_cents, -1) << "nobody has chosen";
    ASSERT_EQ(basket.taxes.size(), 1u);
    EXPECT_EQ(basket.taxes[0].net_cents + basket.taxes[0].tax_cents, basket.total_cents);
}

TEST_F(Basket, GivesOneOfThreeAwayWhileItIsSaidTo) {
    const auto sku = sku_of("990000");
    EXPECT_TRUE(price(sku, 2).lines[0].discounts.empty());
    EXPECT_EQ(price(sku, 8).lines[0].total_cents, 6 * price_of(sku));
    EXPECT_TRUE(price(sku, 8, {"01", "2026-10-31 23:59:59", {}, ' '}).lines[0].discounts.empty());
}

TEST_F(Basket, TakesTheBestCouponAndSaysWhyNotTheOthers) {
    const auto sku = sku_of("010100");
    const auto spring = "2026-03-15 10:00:00";
    const auto pieces = 8000 / price_of(sku) + 1;
    const auto basket = price(sku, pieces, {"01", spring, {"FRUEHLING", "ZEHN-EURO", "NEVER-SEEN"}, ' '});
    ASSERT_EQ(basket.discounts.size(), 1u);
    EXPECT_EQ(basket.discounts[0].cents, 1000);
    ASSERT_EQ(basket.refused.size(), 2u);
    EXPECT_EQ(basket.refused[0].why, 'U');
    EXPECT_EQ(basket.refused[1].why, 'K');
    const auto late = price(sku, pieces, {"01", november, {"FRUEHLING"}, ' '});
    EXPECT_EQ(late.refused[0].why, 'A');
}

TEST_F(Basket, PaysDeliveryBelowFiftyEuro) {
    const auto sku = sku_of("040000");
    for (const std::int64_t pieces : {std::int64_t{1}, 5000 / price_of(sku) + 1}) {
        const auto basket = price(sku, pieces, {"01", november, {}, 'V'});
        EXPECT_EQ(basket.delivery_cents, basket.subtotal_cents < 5000 ? 495 : 0);
        EXPECT_EQ(basket.total_cents, basket.subtotal_cents + basket.delivery_cents);
    }
    EXPECT_EQ(price(sku, 1, {"01", november, {}, 'F'}).delivery_cents, 0);
}

}  // namespace
}  // namespace simulator
