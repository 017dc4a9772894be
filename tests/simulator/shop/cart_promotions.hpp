// Every promotion the shop knows: those that lower an article's own price, and those that work on a basket.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"

namespace simulator {

struct ShopPromotion {
    std::string id, name;
    char kind = 'P';               // P: percent off, B: an amount off, M: so many for the price of fewer
    int permille = 0;              // P
    std::int64_t cents = 0;        // B
    std::int64_t from_cents = 0;   // B: from this basket on
    int take = 0, pay = 0;         // M
    std::string from, to;          // as Promotion has them
    std::string wgr;               // of this category only; empty: not bound to one
    bool listed_articles = false;  // its articles are named one by one
    std::string coupon = {};       // the code without which it does not count; empty: none is needed
    std::string channels = {};     // codes of vkweg: "01 03"; empty: all
};

const std::vector<ShopPromotion>& shop_promotions();
bool is_running(const ShopPromotion& promotion, const std::string& local);  // "yyyy-MM-dd HH:mm:ss", ends included

}  // namespace simulator
