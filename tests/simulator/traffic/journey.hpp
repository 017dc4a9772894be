// One customer's path through the retailer: the next call, decided from the last answer. No I/O.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/traffic/call.hpp"

namespace simulator {

// What all journeys of a run share.
struct World {
    const Catalog& catalog;
    std::string run;  // makes idempotency keys differ between runs with one seed
    int customers = 1000;
    double hot_share = 0;  // of articles drawn from the hot ones
    int hot_items = 5;
    int think_ms = 0;  // the longest pause of a visitor who reads; 0: none
};

// Drawn from the seed and the journey's number alone, whatever was answered when. One thread.
class Journey {
  public:
    // `campaign`: begun while one runs, so that it looks for hot articles mostly.
    Journey(const World& world, std::uint64_t number, bool campaign);
    virtual ~Journey() = default;
    Journey(const Journey&) = delete;
    Journey& operator=(const Journey&) = delete;

    virtual Call first() = 0;
    // Nothing: the journey has ended, well or `abandoned`.
    virtual std::optional<Call> next(const Reply& reply) = 0;

    int customer() const { return customer_; }
    bool abandoned() const { return abandoned_; }
    std::int64_t wait_ms() const { return wait_ms_; }          // before the call that `next` gave
    const std::string& key() const { return key_; }            // of its order
    const std::string& channel() const { return channel_; }    // since first()
    const std::string& order_id() const { return order_id_; }  // once acknowledged

  protected:
    const Article& draw_article();
    void think();  // sets wait_ms_

    const World& world_;
    Dice dice_;
    const bool campaign_;
    const int customer_;
    const std::string key_;
    std::string channel_ = "web";  // as orders and prices call it: web, app, store, marketplace
    std::string order_id_;
    bool abandoned_ = false;
    std::int64_t wait_ms_ = 0;
};

}  // namespace simulator
