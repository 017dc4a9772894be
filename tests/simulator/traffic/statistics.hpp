// What a run of traffic saw: statuses and latencies of each operation, sides of each customer, acknowledged orders.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace simulator {

struct JsonText;

// One thread. Times are microseconds since the run's start.
class Statistics {
  public:
    explicit Statistics(int customers) : sides_(static_cast<std::size_t>(customers)) {}

    // status 0: no answer at all.
    void answered(const std::string& operation, int status, std::int64_t latency_us);
    // The value of headgate-side; a request that was sent before the candidate's answer arrived proves nothing.
    void side(int customer, const std::string& side, std::int64_t sent_us, std::int64_t answered_us);
    // True when this order was not known yet. The same key must bring the same order, and no order two keys.
    bool acknowledged(const std::string& key, const std::string& order_id);

    std::uint64_t journeys_started = 0, journeys_finished = 0, journeys_abandoned = 0, journeys_skipped = 0;
    // A part of the journeys: of one kind, or of one channel.
    struct Part {
        std::uint64_t started = 0, finished = 0, abandoned = 0;  // what neither ended nor was given up was under way
        std::uint64_t calls = 0, failed = 0, orders = 0;  // failed: no answer, or a server's trouble
        std::vector<std::uint32_t> latencies_us = {};     // of answers alone
        void answered(int status, std::int64_t latency_us);
    };
    std::map<std::string, Part> kinds, channels;
    std::uint64_t orders_unanswered = 0, orders_repeated = 0;

    std::string report(double seconds) const;
    std::string summary(double seconds) const;
    std::size_t customers_seen() const { return count(&Side::seen); }
    std::size_t customers_on_candidate() const { return count(&Side::candidate); }
    std::size_t customers_that_went_back() const { return count(&Side::back); }
    const std::set<std::string>& duplicate_order_ids() const { return duplicates_; }

  private:
    static std::uint32_t bounded(std::int64_t latency_us);
    static void write(JsonText& out, const char* name, const std::map<std::string, Part>& parts);
    struct Operation {
        std::map<int, std::uint64_t> statuses;
        std::vector<std::uint32_t> latencies_us;  // of answers alone
    };
    struct Side {
        bool seen = false, candidate = false, back = false;
        std::int64_t candidate_at_us = 0;
    };
    std::size_t count(bool Side::*flag) const;
    static double percentile_ms(std::vector<std::uint32_t> latencies_us, double share);

    std::map<std::string, Operation> operations_;
    std::vector<Side> sides_;
    std::map<std::string, std::string> order_of_key_, key_of_order_;
    std::set<std::string> duplicates_;
};

}  // namespace simulator
