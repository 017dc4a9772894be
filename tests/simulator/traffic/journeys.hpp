// What a customer does next: the calls of the journeys browse and checkout, and what is learnt from their answers. No
// I/O.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/catalog/random.hpp"

namespace simulator {

struct Call {
    std::string operation;  // getAvailability; of an older version with its name behind: getAvailability.v1
    std::string method, path, body, idempotency_key;
    std::string app_build = {};  // of the app that calls
};

struct Reply {
    int status = 0;  // 0: no answer
    std::string body;
};

struct OrderLine {
    std::string sku, location;
    int quantity = 1;
    std::int64_t cents = -1;  // unit price; -1: not known yet
};

// One customer's path; a value. Started by `begin`, moved by `next` until that gives nothing.
struct Journey {
    bool checkout = false;
    int customer = 0;
    std::string channel;
    std::string key, order_id, order_body;
    std::vector<OrderLine> lines;
    bool pickup = false;
    bool old_app = false;  // still asks version 1 for availability
    bool repeat = false;   // sends its order once more after it was acknowledged
    bool repeated = false;
    int tries = 0;
    int step = 0;  // 0 availability, 1 prices, 2 order
    bool abandoned = false;
    std::int64_t wait_ms = 0;  // before the next call
};

// Draws journeys from the seed; one thread.
class JourneyPlanner {
  public:
    // `run` makes idempotency keys differ between runs with one seed.
    JourneyPlanner(const Catalog& catalog, std::string run)
        : catalog_(catalog), run_(std::move(run)), dice_(number_for(catalog.seed(), "traffic")) {}
    Journey begin(bool checkout, int customers, Call& first);
    std::optional<Call> next(Journey& journey, const Reply& reply);
    Dice& dice() { return dice_; }

  private:
    Call availability(const Journey& journey);
    Call prices(const Journey& journey) const;
    Call order(const Journey& journey) const;
    void learn_locations(Journey& journey, const Reply& reply);
    bool learn_prices(Journey& journey, const Reply& reply);
    void write_order(Journey& journey);
    std::optional<Call> after_order(Journey& journey, const Reply& reply);

    const Catalog& catalog_;
    std::string run_;
    Dice dice_;
    std::uint64_t count_ = 0;
};

}  // namespace simulator
