// LatencyHistogram: percentiles of one side's latency in a fixed, small memory.
#pragma once

#include <array>
#include <cstdint>

namespace headgate {

// A value; microseconds. Four steps for each doubling: a percentile is at most a fifth above the truth.
class LatencyHistogram {
  public:
    static constexpr std::size_t buckets = 108;  // up to 2^27 us (134 s); longer ones count in the last

    void record(std::int64_t latency_us);
    void merge(const LatencyHistogram& other);
    std::uint64_t count() const { return count_; }
    // The upper bound of the bucket that holds the share `p` (0..1) of all; 0 when empty.
    std::int64_t percentile_us(double p) const;

    const std::array<std::uint64_t, buckets>& counts() const { return counts_; }
    // For restoring; beyond the last bucket nothing is kept.
    void add(std::size_t bucket, std::uint64_t count);

  private:
    std::array<std::uint64_t, buckets> counts_{};
    std::uint64_t count_ = 0;
};

}  // namespace headgate
