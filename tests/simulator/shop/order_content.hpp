// An order's positions, read from the XML under which the book keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/shop/order_book.hpp"

namespace simulator {

struct ShopPosition {
    std::string number, sku, place;  // "001"; place: the store's number as it was sent
    std::int64_t pieces = 0, cents = 0;
    ShopLineState state = {};
    std::int64_t open() const { return pieces - state.cancelled - state.shipped; }
};

struct ShopOrderContent {
    std::string customer, name;  // name: "last, first"
    int store = 0;               // where it is collected; 0: it is sent
    std::int64_t total_cents = 0;
    std::vector<ShopPosition> positions;  // with what became of them
};

ShopOrderContent content_of(const ShopOrder& order);

}  // namespace simulator
