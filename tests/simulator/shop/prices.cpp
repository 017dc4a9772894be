// The shop's arithmetic, in whole cents.
#include "tests/simulator/shop/prices.hpp"

namespace simulator {

ShopPrice shop_price(const Article& article, std::string_view vkweg) {
    ShopPrice price;
    price.list_cents = vkweg == "04" ? (article.list_cents * 105 + 50) / 100 : article.list_cents;
    price.effective_cents = article.promotion == nullptr
                                ? price.list_cents
                                : (price.list_cents * (1000 - article.promotion->permille) + 500) / 1000;
    return price;
}

std::string euros(std::int64_t cents) {
    const auto rest = cents % 100;
    return std::to_string(cents / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

}  // namespace simulator
