// The shop's orders, durable in a file of JSON lines so that a check can read them after any kill.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace simulator {

struct ShopOrder {
    std::string ext_id;    // the caller's order number
    std::string auftr_nr;  // ours, 10 characters
    std::string stat;      // P1, NEW, HOLD, X
    std::string angelegt;  // local time Europe/Berlin, dd.MM.yyyy HH:mm:ss
    std::string content;   // the order as XML, to tell a repetition from another order under the same number
};

// Thread-safe. One process owns the file.
class OrderBook {
  public:
    explicit OrderBook(std::string path);
    ~OrderBook();
    // Returns what stands for order.ext_id: the given order with its number, or the one from before (`repeated`).
    ShopOrder place(ShopOrder order, bool& repeated);
    bool find(const std::string& ext_id, ShopOrder& order) const;
    std::vector<ShopOrder> all() const;
    std::uint64_t repetitions() const;

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, ShopOrder> orders_;
    std::uint64_t repetitions_ = 0;
    int file_ = -1;
};

// Every line of such a file, in order, doubles included; a torn last line is left out.
std::vector<ShopOrder> read_shop_orders(const std::string& path);

}  // namespace simulator
