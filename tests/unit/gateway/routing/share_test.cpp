#include "gateway/routing/share.hpp"

#include <gtest/gtest.h>

#include <map>

#include "gateway/routing/route_state.hpp"
#include "tests/support/fake_clock.hpp"

namespace headgate {
namespace {

std::string customer(int i) { return "c-" + std::to_string(i); }

TEST(Share, BucketsAreFixedForEver) {
    EXPECT_EQ(customer_bucket("inventory.v2/getAvailability", "c-000123"), 687'672u);
    EXPECT_EQ(customer_bucket("", ""), 148'383u);
}

TEST(Share, NobodyGoesBackWhileItGrowsAndExactlyTheRestReturnOnTheWayDown) {
    constexpr int customers = 1'000'000;
    std::vector<std::uint32_t> buckets(customers);
    for (int i = 0; i < customers; ++i) buckets[static_cast<std::size_t>(i)] = customer_bucket("op", customer(i));
    std::size_t last = 0;
    for (std::uint32_t share : {0u, 100u, 10'000u, 50'000u, 250'000u, 500'000u, 1'000'000u}) {
        std::size_t on_candidate = 0;
        for (auto bucket : buckets) on_candidate += bucket < share ? 1 : 0;
        EXPECT_GE(on_candidate, last);
        EXPECT_NEAR(static_cast<double>(on_candidate) / customers, share / 1e6, 0.002);
        last = on_candidate;
    }
    EXPECT_EQ(last, static_cast<std::size_t>(customers));
}

TEST(Share, ACustomerIsServedByTheCandidateFromSomeShareOn) {
    for (int i = 0; i < 1000; ++i) {
        bool was_candidate = false;
        for (std::uint32_t share = 0; share <= full_share_ppm; share += 50'000) {
            bool candidate = pick_side(share, "op", customer(i)) == Side::candidate;
            EXPECT_TRUE(candidate || !was_candidate) << customer(i) << " went back at " << share;
            was_candidate = candidate;
        }
        EXPECT_TRUE(was_candidate);
    }
}

TEST(Share, AnUnknownCustomerStaysWithLegacyUntilTheShareIsFull) {
    EXPECT_EQ(pick_side(999'999, "op", ""), Side::legacy);
    EXPECT_EQ(pick_side(full_share_ppm, "op", ""), Side::candidate);
}

class MemoryRouteStore final : public RouteStore {
  public:
    Result<std::vector<RouteChange>> history(const std::string& operation) override { return kept[operation]; }
    Result<void> append(const std::string& operation, const RouteChange& change) override {
        if (fails) return Error{ErrorKind::internal, "disk full"};
        kept[operation].push_back(change);
        return Done{};
    }
    std::map<std::string, std::vector<RouteChange>> kept;
    bool fails = false;
};

TEST(RouteStates, ConfigurationGivesOnlyTheFirstValue) {
    MemoryRouteStore store;
    FakeClock clock;
    {
        RouteStates states(store, clock);
        ASSERT_TRUE(states.open("op", 50'000));
        EXPECT_EQ(states.share_ppm("op")->load(), 50'000u);
        ASSERT_TRUE(states.set({"op", 100'000, "migration-lead", "first ten percent", {}}));
    }
    RouteStates again(store, clock);
    ASSERT_TRUE(again.open("op", 50'000));
    EXPECT_EQ(again.share_ppm("op")->load(), 100'000u);
    EXPECT_EQ(again.current("op")->who, "migration-lead");
}

TEST(RouteStates, AChangeThatIsNotDurableIsNotInForce) {
    MemoryRouteStore store;
    RouteStates states(store);
    ASSERT_TRUE(states.open("op", 0));
    store.fails = true;
    EXPECT_FALSE(states.set({"op", 100'000, "a", "b", {}}));
    EXPECT_EQ(states.share_ppm("op")->load(), 0u);
    EXPECT_EQ(states.current("op")->revision, 0u);
}

TEST(RouteStates, RefusesAChangeMadeOnAnOldRevision) {
    MemoryRouteStore store;
    RouteStates states(store);
    ASSERT_TRUE(states.open("op", 0));
    ASSERT_TRUE(states.set({"op", 10'000, "a", "", 0}));
    auto second = states.set({"op", 20'000, "b", "", 0});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
}

}  // namespace
}  // namespace headgate
