// Tally: the exact account of every eligible request of one operation; it adds up at any time.
#pragma once

#include <cstdint>

namespace headgate {

// A value. Every eligible request is in exactly one of the others.
struct Tally {
    std::uint64_t eligible = 0, compared = 0, sampled_out = 0, in_flight = 0;
    std::uint64_t dropped_queue_full = 0, dropped_bytes = 0, dropped_stopped = 0, dropped_compare_full = 0;
    std::uint64_t failed_serving = 0, failed_shadow = 0;

    std::uint64_t dropped() const {
        return dropped_queue_full + dropped_bytes + dropped_stopped + dropped_compare_full;
    }
    std::uint64_t accounted() const {
        return compared + sampled_out + in_flight + dropped() + failed_serving + failed_shadow;
    }
    bool adds_up() const { return eligible == accounted(); }

    // Unsigned wrap-around is meant: a shard's in_flight may be below zero, the sum never is.
    Tally& operator+=(const Tally& other) {
        eligible += other.eligible;
        compared += other.compared;
        sampled_out += other.sampled_out;
        in_flight += other.in_flight;
        dropped_queue_full += other.dropped_queue_full;
        dropped_bytes += other.dropped_bytes;
        dropped_stopped += other.dropped_stopped;
        dropped_compare_full += other.dropped_compare_full;
        failed_serving += other.failed_serving;
        failed_shadow += other.failed_shadow;
        return *this;
    }
    bool operator==(const Tally&) const = default;
};

}  // namespace headgate
