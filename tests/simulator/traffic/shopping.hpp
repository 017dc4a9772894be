// What journeys that look, compare prices and buy have in common: their calls, and what they learn from answers.
#pragma once

#include <vector>

#include "tests/simulator/traffic/journey.hpp"

namespace simulator {

struct OrderLine {
    std::string sku, location;
    int quantity = 1;
    std::int64_t cents = -1;  // unit price; -1: not known yet
};

class Shopping : public Journey {
  public:
    using Journey::Journey;

  protected:
    // Different articles; `orderable`: such as an order may have. Replaces lines_.
    void choose(std::uint64_t count, bool orderable);
    // Of lines_; locations: none or some, with commas.
    Call availability(const std::string& locations = "") const;
    Call prices() const;
    // Writes the order when it is called first; then the same key and body again.
    Call order();

    // Takes for each line a place that has enough, often a small store: where buyers meet.
    void learn_locations(const Reply& reply);
    bool learn_prices(const Reply& reply);  // false: one is missing
    // After an order was sent: once more, or nothing.
    std::optional<Call> after_order(const Reply& reply);
    std::nullopt_t give_up() {
        abandoned_ = true;
        return std::nullopt;
    }

    std::vector<OrderLine> lines_;
    std::string session_;
    bool old_app_ = false;  // still asks version 1 for availability
    bool pickup_ = false;
    bool repeat_ = false;  // sends its order once more after it was acknowledged

  private:
    std::string order_body_;
    bool repeated_ = false;
    int tries_ = 0;
};

// The body of an order, as a shop's front end would send it. (order_body.cpp)
std::string order_body(int customer, const std::string& channel, bool pickup, const std::vector<OrderLine>& lines,
                       Dice& dice);

}  // namespace simulator
