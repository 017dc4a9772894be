// What the storefront computes for a cart: ways to ship it, and what it costs.
#pragma once

#include <string>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/storefront/cart_book.hpp"

namespace simulator {

struct ShippingWay {
    std::string option, kind, label, store, carrier;  // store and carrier may be empty
    std::int64_t cents = 0;
    int first_day = 0, last_day = 0;  // from today on
};

// The cheapest first. `stores`: at which one would collect; empty: all.
std::vector<ShippingWay> shipping_ways(const Cart& cart, const std::string& country,
                                       const std::vector<std::string>& stores);
std::string shipping_page(const Cart& cart, const std::vector<ShippingWay>& ways, std::size_t from, std::size_t size);
std::string totals_json(const Cart& cart, const Catalog& catalog);

}  // namespace simulator
