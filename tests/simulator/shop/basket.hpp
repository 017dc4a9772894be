// What a basket costs: the articles' own prices, promotions of the basket, coupons, delivery, the tax within.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/shop/cart_promotions.hpp"

namespace simulator {

struct BasketLine {
    std::string number;  // @nr
    std::string sku;     // known to the catalogue
    std::int64_t pieces = 0;
};
struct BasketDiscount {
    const ShopPromotion* promotion = nullptr;
    std::int64_t cents = 0;
};
struct PricedLine {
    BasketLine line;
    std::int64_t list_cents = 0, effective_cents = 0, total_cents = 0;
    std::vector<BasketDiscount> discounts;
    bool reduced_tax = false;
};
struct Tax {
    int permille = 0;
    std::int64_t net_cents = 0, tax_cents = 0;
};
struct RefusedCoupon {
    std::string code;
    char why = 'U';  // U unknown, A expired, B conditions, K another one counts
};
struct PricedBasket {
    std::vector<PricedLine> lines;
    std::int64_t subtotal_cents = 0, delivery_cents = -1, total_cents = 0;  // delivery -1: none was chosen
    std::vector<BasketDiscount> discounts;
    std::vector<Tax> taxes;
    std::vector<RefusedCoupon> refused;
};

struct BasketWish {
    std::string channel;  // vkweg
    std::string local;    // when: "yyyy-MM-dd HH:mm:ss"
    std::vector<std::string> coupons;
    char delivery = ' ';  // V sent, F picked up, blank: nobody has chosen
};

// Coupons open promotions of kind B alone; of several the best one counts.
PricedBasket price_basket(const Catalog& catalog, const std::vector<BasketLine>& lines, const BasketWish& wish);

}  // namespace simulator
