// Exponential backoff with jitter.
#include "gateway/orders/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace headgate::orders {

milliseconds wait_after(std::int64_t attempts, double jitter, const Backoff& backoff) {
    const double doublings = static_cast<double>(std::clamp<std::int64_t>(attempts - 1, 0, 40));
    const double longest = static_cast<double>(backoff.longest.count());
    const double full = std::min(longest, static_cast<double>(backoff.first.count()) * std::exp2(doublings));
    return milliseconds(static_cast<std::int64_t>(full * (1.0 - jitter / 2)));
}

}  // namespace headgate::orders
