// Who is mirrored, decided the same way for ever.
#include "shadow/mirror/sampling.hpp"

#include <gtest/gtest.h>

namespace headgate {
namespace {

TEST(Sampling, IsStickyMonotoneAndWrittenDown) {
    std::size_t in = 0, in_more = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string key = "customer-" + std::to_string(i);
        bool quarter = sampled(250'000, "pricing.v1/getPrices", key),
             half = sampled(500'000, "pricing.v1/getPrices", key);
        EXPECT_TRUE(!quarter || half);
        in += quarter;
        in_more += half;
        EXPECT_FALSE(sampled(0, "a", key));
        EXPECT_TRUE(sampled(1'000'000, "a", key));
    }
    EXPECT_NEAR(static_cast<double>(in), 25'000, 600);
    EXPECT_NEAR(static_cast<double>(in_more), 50'000, 700);
    static_assert(fnv1a("a") == 0xaf63dc4c8601ec8cu);  // the published value
    static_assert(mix(1) == 0x5692161d100b05e5u);      // as of SplitMix64's finaliser
}

}  // namespace
}  // namespace headgate
