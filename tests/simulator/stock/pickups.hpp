// The stores' desk: for each order at the shop that is to be collected it puts a pickup into the stock database.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/shop/order_content.hpp"
#include "tests/simulator/stock/stock_database.hpp"

namespace simulator {

// Looks into the order book a few times a second, from construction to destruction. An order that is told twice has one
// pickup; while the database can't be had it is tried again.
class PickupDesk {
  public:
    PickupDesk(StockPlace stock, const OrderBook& orders);
    ~PickupDesk();
    PickupDesk(const PickupDesk&) = delete;
    PickupDesk& operator=(const PickupDesk&) = delete;

  private:
    void run();
    void look();
    static void put(RowSource& source, const std::string& order, const ShopOrderContent& content);

    StockPlace stock_;
    const OrderBook& orders_;
    std::set<std::string> known_;  // by extId: those that need no pickup, or have one
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::thread thread_;
};

// PU-0002-000001: numbered over all stores, in the order in which they are asked for.
std::string pickup_number(int store, std::size_t number);
// Six digits, by the order's number.
std::string pickup_code(const std::string& order);

}  // namespace simulator
