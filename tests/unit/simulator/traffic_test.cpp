// What traffic does and counts: retries with the same key, customers that go back, orders that double.
#include <gtest/gtest.h>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/traffic/journeys.hpp"
#include "tests/simulator/traffic/statistics.hpp"

namespace simulator {
namespace {

Reply prices_for(const Call& call) {
    rapidjson::Document query;
    query.Parse(call.body.c_str());
    JsonText out;
    out.writer.StartObject();
    out.key("prices");
    out.writer.StartArray();
    for (const auto& line : query["lines"].GetArray())
        out.raw("{\"sku\":\"" + text_member(line, "sku") +
                "\",\"effectivePrice\":{\"centAmount\":100,\"currencyCode\":\"EUR\"}}");
    out.writer.EndArray();
    out.writer.EndObject();
    return {200, out.text()};
}

struct JourneyFixture : testing::Test {
    // Up to the order's first call.
    Call to_order() {
        Call call;
        journey = planner.begin(true, 10, call);
        call = *planner.next(journey, {200, "{\"items\":[]}"});
        return *planner.next(journey, prices_for(call));
    }
    Catalog catalog{7};
    JourneyPlanner planner{catalog, "test"};
    Journey journey;
};

TEST_F(JourneyFixture, ACheckoutSendsAnOrderWithAKeyAndItsTotal) {
    const auto order = to_order();
    EXPECT_EQ(order.operation, "createOrder");
    EXPECT_GE(order.idempotency_key.size(), 8u);
    rapidjson::Document json;
    json.Parse(order.body.c_str());
    int pieces = 0;
    for (const auto& line : json["lines"].GetArray()) pieces += line["quantity"].GetInt();
    EXPECT_EQ(json["total"]["centAmount"].GetInt(), pieces * 100);
}

TEST_F(JourneyFixture, TriesAgainWithTheSameKeyAndBodyAfterNoAnswerAndNotAfterARefusal) {
    const auto order = to_order();
    const auto again = planner.next(journey, {0, ""});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->idempotency_key, order.idempotency_key);
    EXPECT_EQ(again->body, order.body);
    EXPECT_GT(journey.wait_ms, 0);
    EXPECT_TRUE(planner.next(journey, {409, R"({"type":"idempotency-key-in-progress"})"}));
    EXPECT_FALSE(planner.next(journey, {409, R"({"type":"out-of-stock"})"}));
}

TEST_F(JourneyFixture, GivesUpAfterBoundedTriesAndWithoutPrices) {
    to_order();
    int tries = 0;
    while (planner.next(journey, {503, ""})) ASSERT_LT(++tries, 20);
    EXPECT_TRUE(journey.abandoned);
    Call call;
    journey = planner.begin(true, 10, call);
    planner.next(journey, {503, ""});
    EXPECT_FALSE(planner.next(journey, {503, ""}));
    EXPECT_TRUE(journey.abandoned);
}

TEST_F(JourneyFixture, AnOldAppAsksTheFirstVersionAndSaysItsBuild) {
    int old = 0;
    for (int i = 0; i < 300; ++i) {
        Call call;
        const auto played = planner.begin(i % 2 == 0, 1000, call);
        EXPECT_EQ(played.old_app, call.path.starts_with("/inventory/v1/availability?articles=HG-"));
        EXPECT_EQ(played.old_app, call.app_build == "3.1.4");
        EXPECT_EQ(call.operation, played.old_app ? "getAvailability.v1" : "getAvailability");
        EXPECT_FALSE(played.old_app && played.checkout);
        old += played.old_app;
    }
    EXPECT_GT(old, 10);
    EXPECT_LT(old, 50);
}

TEST_F(JourneyFixture, TheSameSeedPlaysTheSameJourneys) {
    JourneyPlanner other(catalog, "test");
    for (int i = 0; i < 200; ++i) {
        Call one, two;
        planner.begin(i % 3 == 0, 1000, one);
        other.begin(i % 3 == 0, 1000, two);
        ASSERT_EQ(one.path, two.path);
    }
}

TEST(Statistics, CountsACustomerThatWentBackAndNotOneWhoseAnswerWasLate) {
    Statistics seen(3);
    seen.side(0, "candidate", 10, 20);
    seen.side(0, "legacy", 15, 40);  // sent before the candidate had answered
    EXPECT_EQ(seen.customers_that_went_back(), 0u);
    seen.side(0, "legacy", 50, 60);
    seen.side(1, "legacy", 50, 60);
    seen.side(1, "candidate", 70, 80);
    EXPECT_EQ(seen.customers_that_went_back(), 1u);
    EXPECT_EQ(seen.customers_on_candidate(), 2u);
    EXPECT_EQ(seen.customers_seen(), 2u);
}

TEST(Statistics, FindsDoubledOrders) {
    Statistics seen(1);
    EXPECT_TRUE(seen.acknowledged("k1", "O1"));
    EXPECT_FALSE(seen.acknowledged("k1", "O1"));
    EXPECT_TRUE(seen.duplicate_order_ids().empty());
    seen.acknowledged("k1", "O2");
    seen.acknowledged("k2", "O1");
    EXPECT_EQ(seen.duplicate_order_ids().size(), 2u);
}

TEST(BerlinTime, KnowsSummerWinterTheGapAndTheDoubledHour) {
    EXPECT_EQ(utc_text(*instant_of_local("2026-07-01 12:00:00")), "2026-07-01T10:00:00Z");
    EXPECT_EQ(utc_text(*instant_of_local("2026-11-23 12:00:00.250")), "2026-11-23T11:00:00Z");
    EXPECT_EQ(utc_text(*instant_of_local("2026-10-25 02:30:00")), "2026-10-25T01:30:00Z");
    EXPECT_EQ(utc_text(*instant_of_local("2026-03-29 02:30:00")), "2026-03-29T01:00:00Z");
    EXPECT_FALSE(instant_of_local("2026-02-30 12:00:00"));
    EXPECT_EQ(german_local_text(*instant_of_local("2026-11-23 12:00:00")), "23.11.2026 12:00:00");
    EXPECT_EQ(iso_local_text(*instant_of_local("2026-11-23 12:00:00")), "2026-11-23T12:00:00+01:00");
}

}  // namespace
}  // namespace simulator
