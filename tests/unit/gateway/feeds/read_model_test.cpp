// Kept messages as a system: what it tells, in which shape, and when it tells nothing.
#include "gateway/feeds/read_model.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "gateway/orders/rows.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_http_client.hpp"
#include "tests/unit/gateway/feeds/fixture.hpp"

namespace headgate::feeds {
namespace {

const std::string component = "fulfilment.v1/ShipmentAdvice";

StoreQuery query(StoreQuery::Of of, const std::string& field, const std::string& contract = {}) {
    StoreQuery out;
    out.of = of;
    out.component = component;
    out.field = field;
    out.contract = contract;
    return out;
}

// The plan is the identity: what is asked is {field: value}, what is told is the document.
class ReadModelTest : public FeedsTest {
  protected:
    void SetUp() override {
        FeedsTest::SetUp();
        model_.bind(store::AsyncStore(*store_, readers_), freshness_, clock_);
        freshness_.set(component, {store::to_ms(clock_.wall_now()), milliseconds(60'000)});
        keep_one(R"({"shipmentId":"S1","orderId":"HO1"})", 20);
        keep_one(R"({"shipmentId":"S2","orderId":"HO1"})", 10);
        keep_one(R"({"shipmentId":"S3","orderId":"HO11"})", 30);
        store::Commit commit;
        for (const char* id : {"HO1", "HO2"})
            commit.puts.push_back({orders::orders_kept, id, std::string(R"({"orderId":")") + id + "\"}", {}});
        ASSERT_EQ(store_->commit(std::move(commit))->outcome, store::Outcome::committed);
    }
    void TearDown() override {
        FeedsTest::TearDown();
        readers_.join();
    }
    void keep_one(const std::string& json, std::int64_t at_ms) {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(json, builder);
        store::Commit commit;
        ASSERT_TRUE(
            keep(*store_, component, {{"shipmentId"}, {"orderId"}}, *message, {{}, {}, at_ms, at_ms, "f", {}}, commit));
        ASSERT_EQ(store_->commit(std::move(commit))->outcome, store::Outcome::committed);
    }
    Task<std::string> ask(StoreQuery what, std::string value) {
        Arena arena;
        Builder builder(arena);
        builder.begin_object();
        builder.key(what.field);
        builder.string(value);
        builder.end_object();
        Value message = builder.take();
        FakePlan plan{what};
        CallContext context;
        context.deadline = Deadline::in(milliseconds(2'000));
        auto system = model_.for_worker(http_);
        SystemCall call{nullptr, &plan, message, builder, context};
        auto reply = co_await system->call(call);
        if (!reply) co_return std::string(headgate::name(reply.error().kind)) + " " + reply.error().code;
        co_return to_json(reply->message);
    }
    std::string told(const StoreQuery& what, const std::string& value) { return await(io_, ask(what, value)); }

    asio::io_context io_;
    BlockingPool readers_{1, 10};
    FakeHttpClient http_;
    ReadModel model_;
};

TEST_F(ReadModelTest, TellsAllMessagesOfAValueInTheOrderInWhichTheyCame) {
    EXPECT_EQ(told(query(StoreQuery::Of::messages, "orderId"), "HO1"),
              R"({"messages":[{"message":{"shipmentId":"S2","orderId":"HO1"},"receivedAt":"1970-01-01T00:00:00.010Z"},)"
              R"({"message":{"shipmentId":"S1","orderId":"HO1"},"receivedAt":"1970-01-01T00:00:00.020Z"}],)"
              R"("asOf":"2026-11-23T09:15:01.000Z"})");
    EXPECT_EQ(told(query(StoreQuery::Of::messages, "orderId"), "HO3"),
              R"({"messages":[],"asOf":"2026-11-23T09:15:01.000Z"})");
}

TEST_F(ReadModelTest, TellsTheOneMessageOfAKeyWithItsOrderBeside) {
    EXPECT_EQ(told(query(StoreQuery::Of::message, "shipmentId", "orders.v1"), "S1"),
              R"({"message":{"shipmentId":"S1","orderId":"HO1"},"receivedAt":"1970-01-01T00:00:00.020Z",)"
              R"("order":{"orderId":"HO1"},"asOf":"2026-11-23T09:15:01.000Z"})");
    EXPECT_EQ(told(query(StoreQuery::Of::message, "shipmentId"), "S9"), "rejected not-found");
}

TEST_F(ReadModelTest, AnOrderWithoutMessagesHasNoneAndAnUnknownOneIsNotFound) {
    EXPECT_EQ(told(query(StoreQuery::Of::messages, "orderId", "orders.v1"), "HO2"),
              R"({"messages":[],"asOf":"2026-11-23T09:15:01.000Z"})");
    EXPECT_EQ(told(query(StoreQuery::Of::messages, "orderId", "orders.v1"), "HO3"), "rejected not-found");
    // Told by the partner, and no order of ours.
    EXPECT_EQ(told(query(StoreQuery::Of::message, "shipmentId", "orders.v1"), "S3"), "rejected not-found");
}

TEST_F(ReadModelTest, WhatIsOlderThanItMayBeIsNotTold) {
    clock_.advance(milliseconds(60'000));
    EXPECT_NE(told(query(StoreQuery::Of::message, "shipmentId"), "S1"), "system_unavailable ");
    clock_.advance(milliseconds(1));
    EXPECT_EQ(told(query(StoreQuery::Of::message, "shipmentId"), "S1"),
              std::string(headgate::name(ErrorKind::system_unavailable)) + " ");
}

TEST_F(ReadModelTest, AMessageThatMovesToAnotherValueIsFoundThereAlone) {
    keep_one(R"({"shipmentId":"S1","orderId":"HO2"})", 40);
    EXPECT_EQ(
        told(query(StoreQuery::Of::messages, "orderId"), "HO1"),
        R"({"messages":[{"message":{"shipmentId":"S2","orderId":"HO1"},"receivedAt":"1970-01-01T00:00:00.010Z"}],)"
        R"("asOf":"2026-11-23T09:15:01.000Z"})");
    EXPECT_NE(told(query(StoreQuery::Of::messages, "orderId"), "HO2").find("S1"), std::string::npos);
}

}  // namespace
}  // namespace headgate::feeds
