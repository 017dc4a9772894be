#include "shadow/findings/latency.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace headgate {
namespace {

// Values below 4 have a bucket each; then two bits after the leading one choose among four.
std::size_t bucket_of(std::uint64_t us) {
    if (us < 4) return us;
    auto top = static_cast<std::size_t>(std::bit_width(us)) - 1;
    return std::min(LatencyHistogram::buckets - 1, (top - 1) * 4 + ((us >> (top - 2)) & 3));
}

std::int64_t upper_bound_us(std::size_t bucket) {
    if (bucket < 4) return static_cast<std::int64_t>(bucket);
    auto top = bucket / 4 + 1, step = bucket % 4;
    return static_cast<std::int64_t>(((4 + step + 1) << (top - 2)) - 1);
}

}  // namespace

void LatencyHistogram::record(std::int64_t latency_us) {
    ++counts_[bucket_of(static_cast<std::uint64_t>(std::max<std::int64_t>(0, latency_us)))];
    ++count_;
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < buckets; ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
}

void LatencyHistogram::add(std::size_t bucket, std::uint64_t count) {
    if (bucket >= buckets) return;
    counts_[bucket] += count;
    count_ += count;
}

std::int64_t LatencyHistogram::percentile_us(double p) const {
    if (count_ == 0) return 0;
    auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(count_))));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
        seen += counts_[i];
        if (seen >= wanted) return upper_bound_us(i);
    }
    return upper_bound_us(buckets - 1);
}

}  // namespace headgate
