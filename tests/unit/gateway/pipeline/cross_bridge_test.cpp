// A version that another one answers: messages, problems, mirror, metrics and captured orders over the bridge.
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

const std::string answer_of_v2 =
    R"({"total":2,"entries":[{"id":"a","colour":"navy","state":"gone","price":{"amount":10.10},"note":null,"rating":null,)"
    R"("sold":true,"tags":[],"labels":[],"weight":1},{"id":"b","colour":"green","state":"on","price":{"amount":1},"note":"n",)"
    R"("rating":1,"sold":true,"tags":[],"labels":[],"weight":1}]})";
const std::string answer_of_v1 =
    R"({"count":2,"items":[{"id":"a","colour":"blue","state":"off","price":{"amount":10.10},"note":null,"sold":true,)"
    R"("tags":[],"labels":[]}]})";

class Crossed : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        bridge("shop.v1/findItems", "shop.v2/findItems");
        route("shop.v2/findItems").legacy = {host("old"), nullptr};
        old_->otherwise(FakeAnswer::ok(answer_of_v2));
    }
    bool eventually(const std::function<bool()>& condition) {
        auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::yield();
        }
        return true;
    }
};

TEST_F(Crossed, BothVersionsTellTheSameThingEachInItsTerms) {
    auto first = send("GET", "/shop/v1/items?colour=red&limit=10");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, answer_of_v1);
    EXPECT_EQ(first.content_type, "application/json");
    auto second = send("GET", "/shop/v2/items?colour=crimson&limit=10");
    EXPECT_EQ(second.body, answer_of_v2);
    auto calls = old_->calls();
    ASSERT_EQ(calls.size(), 2u);
    EXPECT_EQ(calls[0].operation, "shop.v2/findItems");
    EXPECT_EQ(calls[0].message, R"({"colour":"crimson","limit":10})");
    EXPECT_EQ(calls[0].message, calls[1].message);
}

TEST_F(Crossed, MetricsTellTheVersionThatWasAskedFor) {
    send("GET", "/shop/v1/items?limit=10");
    auto told = metrics_.exposition();
    EXPECT_NE(told.find(R"(headgate_requests_total{operation="shop.v1/findItems",side="legacy",status="200"} 1)"),
              std::string::npos)
        << told;
    EXPECT_EQ(told.find(R"(operation="shop.v2/findItems",side="legacy",status="200")"), std::string::npos);
}

TEST_F(Crossed, AMessageThatBreaksTheFirstVersionIsToldInItsTerms) {
    auto answer = send("GET", "/shop/v1/items?colour=crimson&limit=10");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find(R"("pointer":"/colour")"), std::string::npos) << answer.body;
    EXPECT_EQ(old_->count(), 0u);
}

TEST_F(Crossed, AMessageThatOnlyTheSecondVersionRefusesIsToldAtItsPlaceInTheFirst) {
    auto answer = send("GET", "/shop/v1/items?limit=1000");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find(R"("pointer":"/limit")"), std::string::npos) << answer.body;
    EXPECT_EQ(old_->count(), 0u);
}

TEST_F(Crossed, AnAnswerThatTheSecondVersionDoesNotAllowIs502) {
    old_->otherwise(FakeAnswer::ok(R"({"total":2,"entries":[{"id":"a"}]})"));
    auto answer = send("GET", "/shop/v1/items?limit=10");
    EXPECT_EQ(answer.status, 502);
    EXPECT_EQ(answer.body.find("pointer"), std::string::npos) << answer.body;
}

TEST_F(Crossed, FailuresOfTheSystemBehindKeepTheirStatusAndTheirPlaceIfItIsOneHere) {
    old_->otherwise(FakeAnswer::fails(ErrorKind::system_unavailable));
    EXPECT_EQ(send("GET", "/shop/v1/items?limit=10").status, 503);
    old_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/colour"));
    auto told = send("GET", "/shop/v1/items?limit=10");
    EXPECT_EQ(told.status, 409);
    EXPECT_NE(told.body.find(R"("pointer":"/colour")"), std::string::npos) << told.body;
    old_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/positions/0"));
    told = send("GET", "/shop/v1/items?limit=10");
    EXPECT_EQ(told.status, 409);
    EXPECT_EQ(told.body.find("positions"), std::string::npos) << told.body;
}

TEST_F(Crossed, AStatusOfTheSecondVersionPassesWhereTheFirstDeclaresIt) {
    old_->otherwise(FakeAnswer::ok("", 404));
    auto told = send("GET", "/shop/v1/items?limit=10");
    EXPECT_EQ(told.status, 404);
    EXPECT_EQ(told.body, "");
}

TEST_F(Crossed, TheMirrorSeesTheSecondVersionOnceAndTheFirstNever) {
    Route& over = routes_by_name_["shop.v2/findItems"];
    over.candidate = {host("new"), nullptr};
    config_of("shop.v2/findItems").shadow_sample_ppm = 1'000'000;
    new_->otherwise(FakeAnswer::ok(answer_of_v2));
    EXPECT_EQ(send("GET", "/shop/v1/items?colour=blue&limit=10").body, answer_of_v1);
    ASSERT_TRUE(eventually([&] { return mirror_.tally("shop.v2/findItems").compared == 1; }));
    EXPECT_EQ(mirror_.tally("shop.v2/findItems").eligible, 1u);
    EXPECT_EQ(mirror_.tally("shop.v1/findItems").eligible, 0u);
    ASSERT_EQ(new_->count(), 1u);
    EXPECT_EQ(new_->calls()[0].message, R"({"colour":"navy","limit":10})");
    EXPECT_TRUE(new_->calls()[0].context.shadow);
    EXPECT_TRUE(book_.evidence("shop.v2/findItems").findings.empty());
}

TEST_F(Crossed, AMirroredRequestCarriesItsMarkOverTheBridge) {
    send("GET", "/shop/v1/items?limit=10", "", {{"Headgate-Shadow", "1"}});
    ASSERT_EQ(old_->count(), 1u);
    EXPECT_TRUE(old_->calls()[0].context.shadow);
    EXPECT_EQ(metrics_.exposition().find("headgate_requests_total{"), std::string::npos);
}

// A third version in front of the first: the same messages under another name.
class CrossedTwice : public Crossed {
  protected:
    CrossedTwice() {
        std::string golden = HEADGATE_SOURCE_DIR "/tests/golden/bridges";
        std::ifstream first(golden + "/contracts/shop.v1.yaml");
        std::string text{std::istreambuf_iterator<char>(first), {}};
        for (auto [from, to] : {std::pair("shop.v1", "shop.v3"), {"/shop/v1", "/shop/v3"}, {"1.0.0", "3.0.0"}})
            for (auto at = text.find(from); at != std::string::npos; at = text.find(from))
                text.replace(at, std::strlen(from), to);
        std::filesystem::copy(golden + "/contracts", folder_.file("contracts"));
        std::ofstream(folder_.file("contracts") + "/shop.v3.yaml") << text;
        std::ofstream(folder_.file("front.map.yaml"))
            << "bridge: shop.v3/findItems <-> shop.v1/findItems\n"
               "request: [colour -> colour, limit -> limit]\nreply: [count <- count, items <- items]\n";
        Diagnostics diagnostics;
        snapshot_->contracts = load_contracts({folder_.file("contracts")}, diagnostics);
        snapshot_->plans = load_mappings({golden, folder_.path()}, snapshot_->contracts, diagnostics);
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
    }
};

TEST_F(CrossedTwice, BridgesFollowOneAnotherThereAndBack) {
    bridge("shop.v3/findItems", "shop.v1/findItems");
    EXPECT_EQ(send("GET", "/shop/v3/items?colour=red&limit=10").body, answer_of_v1);
    ASSERT_EQ(old_->count(), 1u);
    EXPECT_EQ(old_->calls()[0].message, R"({"colour":"crimson","limit":10})");
    auto refused = send("GET", "/shop/v3/items?limit=1000");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.body.find(R"("pointer":"/limit")"), std::string::npos) << refused.body;
    old_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/colour"));
    EXPECT_NE(send("GET", "/shop/v3/items?limit=1").body.find(R"("pointer":"/colour")"), std::string::npos);
    EXPECT_NE(metrics_.exposition().find(R"(headgate_requests_total{operation="shop.v3/findItems")"),
              std::string::npos);
}

class CapturedOver : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        bridge("shop.v1/createOrder", "shop.v2/createOrder");
        Route& over = route("shop.v2/createOrder");
        over.capture.emplace();
        over.capture->reserve = over.capture->release = {host("old"), &plan_};
        over.capture->release_name = {"old", "release"};
        over.capture->intent = milliseconds(10'000);
        old_->otherwise(FakeAnswer::ok(""));
    }
    OutgoingResponse order(int version, const std::string& key, const std::string& body) {
        return send("POST", "/shop/v" + std::to_string(version) + "/orders", body, {{"Idempotency-Key", key}});
    }
    FakePlan plan_{RowsTransaction{}};
};

const std::string order_of_v1 = R"({"customer":{"name":"Ana"},"lines":[{"article":"HG-1","quantity":2}]})";
const std::string order_of_v2 =
    R"({"buyer":{"name":"Ana"},"positions":[{"sku":"HG-1","pieces":2}],"priority":3,"express":false})";

TEST_F(CapturedOver, AnOrderIsTakenOnceUnderItsKeyAndToldInTheFirstVersionsTerms) {
    auto taken = order(1, "key-0001", order_of_v1);
    ASSERT_EQ(taken.status, 201) << taken.body;
    EXPECT_TRUE(taken.body.starts_with(R"({"orderId":"HO)")) << taken.body;
    EXPECT_EQ(taken.body.find("positions"), std::string::npos);
    EXPECT_TRUE(header(taken, "Location").starts_with("/shop/v1/orders/HO")) << header(taken, "Location");
    auto again = order(1, "key-0001", order_of_v1);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, taken.body);
    EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
}

TEST_F(CapturedOver, TheSameKeyAndOrderByEitherVersionIsOneOrder) {
    auto first = order(1, "key-0002", order_of_v1);
    ASSERT_EQ(first.status, 201) << first.body;
    auto second = order(2, "key-0002", order_of_v2);
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(header(second, "Idempotency-Replayed"), "true");
    EXPECT_EQ(header(first, "Location").substr(17), header(second, "Location").substr(17));
    EXPECT_EQ(order(1, "key-0002", R"({"customer":{"name":"Eve"},"lines":[{"article":"HG-1","quantity":2}]})").status,
              422);
}

TEST_F(CapturedOver, WhatIsOutOfStockIsToldAtTheFirstVersionsLine) {
    old_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/positions/0"));
    auto refused = order(1, "key-0003", order_of_v1);
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find(R"("pointer":"/lines/0")"), std::string::npos) << refused.body;
}

}  // namespace
}  // namespace headgate
