// What an article costs at the shop: the truth that pricing-service has to meet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulator/catalog/articles.hpp"

namespace simulator {

struct ShopPrice {
    std::int64_t list_cents = 0;
    std::int64_t effective_cents = 0;
};

// Marketplace (vkweg 04) costs 5 % more; a promotion takes its share off the list price. Rounds half up, both times.
ShopPrice shop_price(const Article& article, std::string_view vkweg);
std::string euros(std::int64_t cents);  // 1234 -> "12.34"

}  // namespace simulator
