// Share: which side serves a customer. A customer's bucket never changes, and a share takes the lowest buckets, so
// while a share grows nobody goes back; on the way down exactly those above it return.
#pragma once

#include <cstdint>
#include <string_view>

namespace headgate {

// `mock`: neither; the contract's own examples answer.
enum class Side : std::uint8_t { legacy, candidate, mock };
inline std::string_view name(Side side) {
    return side == Side::legacy ? "legacy" : side == Side::candidate ? "candidate" : "mock";
}

inline constexpr std::uint32_t full_share_ppm = 1'000'000;

// 0..999,999. FNV-1a (64 bits) over cohort, a zero byte and customer, then the finaliser of SplitMix64, times 10^6 /
// 2^64. Fixed for ever: a change would move every customer (docs/decisions/0005-sticky-share.md).
std::uint32_t customer_bucket(std::string_view cohort, std::string_view customer);

// An unknown customer (empty) stays with legacy until the share is full.
Side pick_side(std::uint32_t share_ppm, std::string_view cohort, std::string_view customer);

}  // namespace headgate
