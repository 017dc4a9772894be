// What traffic does and counts: retries with the same key, customers that go back, orders that double.
#include <gtest/gtest.h>

#include <map>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/traffic/kinds.hpp"
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

// What a gateway would say that has everything.
Reply answer_to(const Call& call) {
    if (call.operation == "getPrices") return prices_for(call);
    if (call.operation == "createOrder") return {201, "{\"orderId\":\"HO-" + call.idempotency_key + "\"}"};
    return {200, "{\"items\":[]}"};
}

const JourneyKind& kind(std::string_view name) {
    for (const auto& kind : journey_kinds())
        if (kind.name == name) return kind;
    throw std::runtime_error("no such journey");
}

struct JourneyFixture : testing::Test {
    std::unique_ptr<Journey> begin(std::string_view name) { return kind(name).make(world, count++, false); }
    // A checkout up to its order's first call.
    Call to_order() {
        journey = begin("checkout");
        journey->first();
        const auto call = *journey->next({200, "{\"items\":[]}"});
        return *journey->next(prices_for(call));
    }
    // Every call of a journey that goes well.
    std::vector<Call> play(std::string_view name) {
        journey = begin(name);
        std::vector<Call> calls{journey->first()};
        while (auto next = journey->next(answer_to(calls.back()))) {
            calls.push_back(*next);
            if (calls.size() > 50) ADD_FAILURE() << "a journey without an end: " << name;
            if (calls.size() > 50) break;
        }
        return calls;
    }
    Catalog catalog{7};
    World world{catalog, "test", 1000};
    std::uint64_t count = 0;
    std::unique_ptr<Journey> journey;
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
    const auto again = journey->next({0, ""});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->idempotency_key, order.idempotency_key);
    EXPECT_EQ(again->body, order.body);
    EXPECT_GT(journey->wait_ms(), 0);
    EXPECT_TRUE(journey->next({409, R"({"type":"idempotency-key-in-progress"})"}));
    EXPECT_FALSE(journey->next({409, R"({"type":"out-of-stock"})"}));
}

TEST_F(JourneyFixture, GivesUpAfterBoundedTriesAndWithoutPrices) {
    to_order();
    int tries = 0;
    while (journey->next({503, ""})) ASSERT_LT(++tries, 20);
    EXPECT_TRUE(journey->abandoned());
    journey = begin("checkout");
    journey->first();
    journey->next({503, ""});
    EXPECT_FALSE(journey->next({503, ""}));
    EXPECT_TRUE(journey->abandoned());
}

TEST_F(JourneyFixture, AnOldAppAsksTheFirstVersionAndSaysItsBuild) {
    int old = 0;
    for (int i = 0; i < 300; ++i) {
        const auto call = begin("browse")->first();
        const bool is_old = call.path.starts_with("/inventory/v1/availability?articles=HG-");
        EXPECT_EQ(is_old, call.app_build == "3.1.4");
        EXPECT_EQ(call.operation, is_old ? "getAvailability.v1" : "getAvailability");
        EXPECT_FALSE(begin("checkout")->first().path.starts_with("/inventory/v1"));
        old += is_old;
    }
    EXPECT_GT(old, 25);
    EXPECT_LT(old, 80);
}

TEST_F(JourneyFixture, TheSameSeedPlaysTheSameJourneysWhateverIsAnsweredWhen) {
    for (const auto& played : journey_kinds())
        for (std::uint64_t i = 0; i < 50; ++i) {
            const auto one = played.make(world, i, false), two = played.make(world, i, false);
            EXPECT_EQ(one->first().path, two->first().path);
            EXPECT_EQ(one->customer(), two->customer());
        }
}

TEST_F(JourneyFixture, EveryKindEndsBuysNowAndThenAndKeepsToItsChannel) {
    const std::pair<const char*, const char*> kinds[] = {
        {"web", "web"}, {"app", "app"}, {"store", "store"}, {"marketplace", "marketplace"}};
    for (const auto& [name, channel] : kinds) {
        int orders = 0;
        for (int i = 0; i < 200; ++i)
            for (const auto& call : play(name)) {
                ASSERT_FALSE(journey->abandoned()) << name;
                if (call.operation == "getAvailability" || call.operation == "getAvailability.v1") continue;
                EXPECT_NE(call.body.find("\"channel\":\"" + std::string(channel) + "\""), std::string::npos)
                    << call.body;
                orders += call.operation == "createOrder" ? 1 : 0;
            }
        EXPECT_GT(orders, 10) << name;
        EXPECT_LT(orders, 150) << name;
    }
}

TEST_F(JourneyFixture, AVisitorKeepsHisSessionAndReadsBetweenPages) {
    world.think_ms = 500;
    int thought = 0;
    for (int i = 0; i < 50; ++i) {
        journey = begin("web");
        auto call = journey->first();
        const auto session = call.session;
        EXPECT_FALSE(session.empty());
        while (auto next = journey->next(answer_to(call))) {
            call = *next;
            EXPECT_EQ(call.session, session);
            EXPECT_LE(journey->wait_ms(), 500);
            thought += journey->wait_ms() > 0 ? 1 : 0;
        }
    }
    EXPECT_GT(thought, 50);
}

TEST_F(JourneyFixture, ACampaignAsksForFewHotArticlesMostly) {
    const auto asked = [&](bool campaign) {
        std::map<std::string, int> counts;
        for (std::uint64_t i = 0; i < 400; ++i) {
            const auto path = kind("store").make(world, i, campaign)->first().path;
            ++counts[path.substr(path.find("skus=") + 5, 9)];
        }
        int most = 0;
        for (const auto& [sku, times] : counts) most = std::max(most, times);
        return most;
    };
    EXPECT_LT(asked(false), 20);
    EXPECT_GT(asked(true), 80);
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
