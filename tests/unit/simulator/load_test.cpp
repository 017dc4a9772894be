// When traffic begins which journey.
#include "tests/simulator/traffic/load.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace simulator {
namespace {

double journeys_between(const Load& load, double from, double to) {
    Dice dice(7);
    int count = 0;
    for (double at = load.next(from, dice); at < to; at = load.next(at, dice)) ++count;
    return count;
}

TEST(Load, BeginsSoManyAsTheRateSays) {
    LoadOptions options;
    options.rate = 100;
    const Load load(options);
    EXPECT_NEAR(journeys_between(load, 0, 60), 6000, 300);
    EXPECT_DOUBLE_EQ(load.rate_at(5), 100);
}

TEST(Load, ADayHasItsEveningAndItsMeanIsTheRate) {
    LoadOptions options;
    options.rate = 100;
    options.journeys = "web";
    options.day_s = 240;
    const Load load(options);
    EXPECT_GT(load.rate_at(200), 4 * load.rate_at(40));
    EXPECT_NEAR(load.rate_at(0), load.rate_at(240), 1e-6);
    EXPECT_NEAR(journeys_between(load, 0, 240), 24000, 800);
}

TEST(Load, StoresAreClosedAtNight) {
    LoadOptions options;
    options.journeys = "web,store";
    options.day_s = 24;
    const Load load(options);
    Dice dice(7);
    std::set<std::string_view> at_night, at_noon;
    for (int i = 0; i < 300; ++i) {
        at_night.insert(load.kind_at(3, dice).name);
        at_noon.insert(load.kind_at(12, dice).name);
    }
    EXPECT_EQ(at_night, (std::set<std::string_view>{"web"}));
    EXPECT_EQ(at_noon, (std::set<std::string_view>{"store", "web"}));
}

TEST(Load, ACampaignMultipliesTheRateWhileItRuns) {
    LoadOptions options;
    options.rate = 10;
    options.campaigns = {"20:10:4"};
    const Load load(options);
    EXPECT_DOUBLE_EQ(load.rate_at(19.9), 10);
    EXPECT_DOUBLE_EQ(load.rate_at(20), 40);
    EXPECT_FALSE(load.in_campaign(30));
    EXPECT_NEAR(journeys_between(load, 20, 30), 400, 60);
}

TEST(Load, WeightsShareTheRateAndCheckoutHasItsOwn) {
    LoadOptions options;
    options.journeys = "web=3,app=1";
    Dice dice(7);
    const auto share_of = [&](const Load& load, std::string_view name) {
        int count = 0;
        for (int i = 0; i < 4000; ++i) count += load.kind_at(0, dice).name == name ? 1 : 0;
        return count / 4000.0;
    };
    EXPECT_NEAR(share_of(Load(options), "web"), 0.75, 0.03);
    options.journeys = "browse,checkout";
    options.checkout_share = 0.3;
    EXPECT_NEAR(share_of(Load(options), "checkout"), 0.3, 0.03);
    options.journeys = "checkout";
    EXPECT_NEAR(share_of(Load(options), "checkout"), 1, 0);
}

TEST(Load, RefusesWhatItCannotRead) {
    for (const char* journeys : {"", "browse,", "fly", "web=x", "web=-1", "web=0"}) {
        LoadOptions options;
        options.journeys = journeys;
        EXPECT_THROW(Load{options}, std::runtime_error) << journeys;
    }
    for (const char* campaign : {"", "1:2", "1:2:3:4", "1:0:3", "-1:2:3", "1:2:0"}) {
        LoadOptions options;
        options.campaigns = {campaign};
        EXPECT_THROW(Load{options}, std::runtime_error) << campaign;
    }
}

}  // namespace
}  // namespace simulator
