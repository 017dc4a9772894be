// A write under an Idempotency-Key, through the whole pipeline: once, whoever carries it out and whatever they answer.
#include "gateway/writes/unknown_writes.hpp"
#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

const std::string order_of_v1 = R"({"customer":{"name":"Ana"},"lines":[{"article":"HG-1","quantity":2}]})";
const std::string order_of_v2 =
    R"({"buyer":{"name":"Ana"},"positions":[{"sku":"HG-1","pieces":2}],"priority":3,"express":false})";
const std::string taken = R"({"orderId":"HO1","state":"new"})";

class WrittenOnce : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        config_ = &route("shop.v2/createOrder");
        config_->legacy = {host("old"), &plan_};
        config_of("shop.v2/createOrder").legacy = "old";
        config_of("shop.v2/createOrder").candidate = "new";
        old_->otherwise(FakeAnswer::ok(taken));
    }
    OutgoingResponse order(const std::string& key, const std::string& body = order_of_v2, int version = 2) {
        return send("POST", "/shop/v" + std::to_string(version) + "/orders", body, {{"Idempotency-Key", key}});
    }
    std::size_t unknown() { return writes::unknown_writes(*store_, "", 10).value().size(); }

    FakePlan plan_{SoapCall{}};
    Route* config_ = nullptr;
};

TEST_F(WrittenOnce, TheSameRequestAgainIsAnsweredTheSameWithoutTheSystem) {
    auto first = order("key-0001");
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(header(first, "Idempotency-Replayed"), "none");
    auto again = order(
        "key-0001", R"({"express":false,"priority":3,"positions":[{"pieces":2,"sku":"HG-1"}],"buyer":{"name":"Ana"}})");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.content_type, first.content_type);
    EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(old_->count(), 1u);
    EXPECT_EQ(old_->calls()[0].context.idempotency_key, "");
}

TEST_F(WrittenOnce, AnotherRequestUnderTheKeyIs422) {
    order("key-0001");
    auto other = order("key-0001", R"({"buyer":{"name":"Eve"},"positions":[],"priority":3,"express":false})");
    EXPECT_EQ(other.status, 422);
    EXPECT_NE(other.body.find("idempotency-key-reused"), std::string::npos);
    EXPECT_EQ(old_->count(), 1u);
}

TEST_F(WrittenOnce, WhatWasRefusedMayBeTriedAgain) {
    old_->push(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/positions/0"));
    old_->push(FakeAnswer::fails(ErrorKind::system_unavailable));
    old_->push(FakeAnswer::ok(taken));
    EXPECT_EQ(order("key-0001").status, 409);
    EXPECT_EQ(order("key-0001").status, 503);
    EXPECT_EQ(order("key-0001").status, 201);
    EXPECT_EQ(unknown(), 0u);
}

TEST_F(WrittenOnce, WhatNobodyKnowsIsSaidAndNeverCarriedOutAgain) {
    for (auto kind : {ErrorKind::outcome_unknown, ErrorKind::system_fault, ErrorKind::bad_answer}) {
        const std::string key = "key-" + std::to_string(static_cast<int>(kind)) + "000";
        old_->otherwise(FakeAnswer::fails(kind));
        auto first = order(key);
        EXPECT_EQ(first.status, 504) << name(kind);
        EXPECT_NE(first.body.find("urn:headgate:problem:outcome-unknown"), std::string::npos) << first.body;
        EXPECT_EQ(first.body.find("scripted"), std::string::npos);
        old_->otherwise(FakeAnswer::ok(taken));
        auto count = old_->count();
        auto again = order(key);
        EXPECT_EQ(again.status, 409);
        EXPECT_NE(again.body.find("outcome-unknown"), std::string::npos);
        EXPECT_EQ(old_->count(), count);
    }
    EXPECT_EQ(unknown(), 3u);
}

TEST_F(WrittenOnce, AnAnswerThatBreaksTheContractLeavesAWriteThatIsNotRepeated) {
    old_->push(FakeAnswer::ok(R"({"state":"new"})"));
    old_->push(FakeAnswer::ok(taken));
    EXPECT_EQ(order("key-0001").status, 504);
    EXPECT_EQ(order("key-0001").status, 409);
    EXPECT_EQ(old_->count(), 1u);
}

TEST_F(WrittenOnce, WhereTheSystemRecognisesARepetitionItIsRepeated) {
    plan_.recognised = true;
    old_->push(FakeAnswer::fails(ErrorKind::outcome_unknown));
    old_->push(FakeAnswer::ok(taken));
    EXPECT_EQ(order("key-0001").status, 503);
    EXPECT_EQ(order("key-0001").status, 201);
    EXPECT_EQ(order("key-0001").body, taken);
    EXPECT_EQ(old_->count(), 2u);
    // Of this caller and operation alone, and the same at each try.
    auto key = old_->calls()[0].context.idempotency_key;
    EXPECT_EQ(key.size(), 40u);
    EXPECT_EQ(old_->calls()[1].context.idempotency_key, key);
    EXPECT_NE(old_->calls()[0].message.find(R"("Idempotency-Key":")" + key + '"'), std::string::npos)
        << old_->calls()[0].message;
    EXPECT_EQ(unknown(), 0u);
}

TEST_F(WrittenOnce, OfADatabaseEveryErrorButTheUnknownOutcomeIsCertain) {
    FakePlan statements{RowsTransaction{}};
    config_->legacy.plan = &statements;
    old_->push(FakeAnswer::fails(ErrorKind::system_fault));
    old_->push(FakeAnswer::fails(ErrorKind::outcome_unknown));
    EXPECT_EQ(order("key-0001").status, 502);
    EXPECT_EQ(order("key-0001").status, 504);
    EXPECT_EQ(order("key-0001").status, 409);
}

TEST_F(WrittenOnce, WhoSpeaksTheContractKnowsItsKeysAndItsRefusalsAreCertain) {
    config_->legacy.plan = nullptr;
    old_->push(FakeAnswer::ok("", 409));
    old_->push(FakeAnswer::fails(ErrorKind::outcome_unknown));
    old_->push(FakeAnswer::ok(taken, 201));
    EXPECT_EQ(order("key-0001").status, 409);
    EXPECT_EQ(order("key-0001").status, 503);
    EXPECT_EQ(order("key-0001").status, 201);
    EXPECT_EQ(order("key-0001").body, taken);
    EXPECT_EQ(old_->count(), 3u);
}

TEST_F(WrittenOnce, AMappingIsToldWhenTheChangeIsMadeAndACandidateIsNot) {
    order("key-0001");
    EXPECT_NE(old_->calls()[0].message.find(R"("now":"2026-11-23T09:15:01.000Z")"), std::string::npos)
        << old_->calls()[0].message;
    config_->legacy.plan = nullptr;
    old_->otherwise(FakeAnswer::ok(taken, 201));
    order("key-0002");
    EXPECT_EQ(old_->calls()[1].message.find("now"), std::string::npos) << old_->calls()[1].message;
}

TEST_F(WrittenOnce, OverABridgeBothVersionsShareAKey) {
    bridge("shop.v1/createOrder", "shop.v2/createOrder");
    auto first = order("key-0001", order_of_v1, 1);
    ASSERT_EQ(first.status, 201) << first.body;
    auto again = order("key-0001", order_of_v1, 1);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
    auto other_version = order("key-0001", order_of_v2, 2);
    EXPECT_EQ(other_version.body, taken);
    EXPECT_EQ(old_->count(), 1u);
}

TEST_F(WrittenOnce, WhatIsShadowWritesNothingAndLeavesNoKey) {
    auto answer =
        send("POST", "/shop/v2/orders", order_of_v2, {{"Idempotency-Key", "key-0001"}, {"Headgate-Shadow", "1"}});
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(old_->count(), 0u);
    EXPECT_EQ(store_->count(writes::write_keys, false).value(), 0);
}

TEST_F(WrittenOnce, NothingIsSentWhereNothingCanBeRemembered) {
    send("GET", "/shop/v2/items?limit=1");
    store_->close();
    EXPECT_EQ(order("key-0001").status, 503);
    EXPECT_EQ(old_->count(), 0u);
}

}  // namespace
}  // namespace headgate
