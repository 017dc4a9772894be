// The shop's orders, durable in a file of JSON lines so that a check can read them after any kill; and in a second file
// what became of them.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/db/line_file.hpp"

namespace simulator {

// What became of one position, in pieces; by its number ("001").
struct ShopLineState {
    std::int64_t cancelled = 0, shipped = 0, refunded = 0;
};

struct ShopOrder {
    std::string ext_id;      // the caller's order number
    std::string auftr_nr;    // ours, 10 characters
    std::string stat;        // as placed, what a repetition is told: P1, NEW, HOLD, X
    std::string angelegt;    // local time Europe/Berlin, dd.MM.yyyy HH:mm:ss
    std::string content;     // the order as XML, to tell a repetition from another order under the same number
    std::string state = {};  // now: as placed, or KOM (being picked), TV (partly shipped), VS (shipped), ST (cancelled)
    std::string changed = {};  // when the state changed last, as angelegt; empty: never
    std::string reason = {};   // of a cancellation
    std::string shipment = {}, carrier = {};
    std::unordered_map<std::string, ShopLineState> lines = {};  // of positions to which something happened
};

// One thing that happened to an order after it was placed; a line of the second file.
struct ShopEvent {
    std::string ext_id, state, at;  // state: the order's new one; empty: as before
    std::string reason = {}, shipment = {}, carrier = {};
    std::unordered_map<std::string, ShopLineState> lines = {};  // pieces to add
};

// Thread-safe. One process owns the files: `path` and `path` + ".events".
class OrderBook {
  public:
    explicit OrderBook(std::string path);
    // Returns what stands for order.ext_id: the given order with its number, or the one from before (`repeated`).
    // Numbers begin again after so many orders; 0: never.
    ShopOrder place(ShopOrder order, bool& repeated, unsigned recycled_after = 0);
    bool find(const std::string& ext_id, ShopOrder& order) const;
    std::optional<ShopOrder> by_number(const std::string& auftr_nr) const;  // the newest of that number
    // Looks at the order and, when `decide` gives an event, keeps it; nobody gets in between. False: no such order.
    bool change(const std::string& ext_id, const std::function<std::optional<ShopEvent>(const ShopOrder&)>& decide);
    std::vector<ShopOrder> all() const;
    std::uint64_t repetitions() const;

  private:
    void apply(const ShopEvent& event);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, ShopOrder> orders_;
    std::unordered_map<std::string, std::string> by_number_;  // auftr_nr -> ext_id
    std::uint64_t repetitions_ = 0;
    LineFile file_, events_;
};

// Every line of such a file, in order, doubles included; a torn last line is left out.
std::vector<ShopOrder> read_shop_orders(const std::string& path);

}  // namespace simulator
