// A write is carried out once for its key, whatever happens in between.
#include "tests/unit/gateway/writes/fixture.hpp"

namespace headgate::writes {
namespace {

TEST_F(WritesTest, WhatWasAnsweredIsAnsweredAgainWithItsHeaders) {
    done(*begin("key-0001"));
    auto again = begin("key-0001");
    ASSERT_TRUE(again.ok());
    ASSERT_TRUE(again->replay);
    EXPECT_EQ(again->replay->status, 201);
    EXPECT_EQ(again->replay->body, R"({"rma":"1"})");
    EXPECT_EQ(again->replay->content_type, "application/json");
    ASSERT_EQ(again->replay->headers.size(), 1u);
    EXPECT_EQ(again->replay->headers[0].value, "/r/1");
    EXPECT_EQ(counted("done"), "1");
    EXPECT_EQ(counted("replayed"), "1");
}

TEST_F(WritesTest, WhileOneIsUnderWayTheSameKeyWaitsAndAnotherRequestIsRefused) {
    ASSERT_TRUE(begin("key-0001").ok());
    EXPECT_EQ(told("key-0001"), "idempotency-key-in-progress");
    EXPECT_EQ(told("key-0001", R"({"orderId":"HO2"})"), "idempotency-key-reused");
    EXPECT_EQ(told("key-0002"), "held");
}

TEST_F(WritesTest, KeysBelongToTheirCallerAndOperation) {
    done(*begin("key-0001"));
    operation_.name = "returns.v1/receiveReturn";
    EXPECT_EQ(told("key-0001"), "held");
}

TEST_F(WritesTest, WhatHadNoEffectForCertainMayBeTriedAgain) {
    for (auto kind : {ErrorKind::rejected, ErrorKind::overloaded, ErrorKind::system_unavailable,
                      ErrorKind::deadline_exceeded, ErrorKind::invalid_message}) {
        auto error = failed(*begin("key-0001"), kind);
        EXPECT_EQ(error.kind, kind);
        EXPECT_EQ(kept(), 0u);
    }
    EXPECT_EQ(told("key-0001"), "held");
}

TEST_F(WritesTest, AnUnknownOutcomeIsNeverCarriedOutAgain) {
    auto error = failed(*begin("key-0001"), ErrorKind::outcome_unknown);
    EXPECT_EQ(error.code, "outcome-unknown");
    EXPECT_NE(error.detail.find("at the till"), std::string::npos);
    EXPECT_EQ(error.message.find("till"), std::string::npos);
    clock_.advance(std::chrono::hours(1));
    EXPECT_EQ(told("key-0001"), "outcome-unknown");
    EXPECT_EQ(told("key-0001", R"({"orderId":"HO2"})"), "idempotency-key-reused");
    ASSERT_EQ(unknown().size(), 1u);
    EXPECT_EQ(unknown()[0].key, "key-0001");
    EXPECT_EQ(unknown()[0].system, "stock");
}

TEST_F(WritesTest, AnUnknownOutcomeIsTriedAgainAtOnceWhereTheSystemRecognisesIt) {
    repeatable_ = true;
    auto error = failed(*begin("key-0001"), ErrorKind::outcome_unknown);
    EXPECT_EQ(error.code, "");
    auto again = begin("key-0001");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(told("key-0001"), "idempotency-key-in-progress");
    done(std::move(*again));
    EXPECT_EQ(told("key-0001"), "replay");
    EXPECT_TRUE(unknown().empty());
}

TEST_F(WritesTest, ARepetitionThatDidNotReachTheSystemSaysNothingOfTheTryBefore) {
    repeatable_ = true;
    failed(*begin("key-0001"), ErrorKind::outcome_unknown);
    failed(*begin("key-0001"), ErrorKind::system_unavailable);
    EXPECT_EQ(told("key-0001", R"({"orderId":"HO2"})"), "idempotency-key-reused");
    auto again = begin("key-0001");
    ASSERT_TRUE(again.ok());
    failed(std::move(*again), ErrorKind::rejected);
    EXPECT_EQ(kept(), 0u);
}

TEST_F(WritesTest, AKilledHolderLeavesAnUnknownOutcome) {
    ASSERT_TRUE(begin("key-0001").ok());
    reopen();
    EXPECT_TRUE(unknown().empty());
    EXPECT_EQ(told("key-0001"), "outcome-unknown");
    EXPECT_EQ(unknown().size(), 1u);
}

TEST_F(WritesTest, AKilledHolderIsRepeatedWhereTheSystemRecognisesIt) {
    repeatable_ = true;
    ASSERT_TRUE(begin("key-0001").ok());
    reopen();
    EXPECT_EQ(told("key-0001"), "held");
}

TEST_F(WritesTest, AnAnswerSurvivesTheProcess) {
    done(*begin("key-0001"));
    reopen();
    EXPECT_EQ(told("key-0001"), "replay");
}

TEST_F(WritesTest, AHolderThatCameTooLateChangesNothing) {
    repeatable_ = true;
    auto slow = begin("key-0001");
    clock_.advance(milliseconds(10'001));
    auto quick = begin("key-0001");
    ASSERT_TRUE(quick.ok());
    done(std::move(*quick), R"({"rma":"quick"})");
    done(std::move(*slow), R"({"rma":"slow"})");
    EXPECT_EQ(begin("key-0001")->replay->body, R"({"rma":"quick"})");
}

TEST_F(WritesTest, NothingBeginsWhereTheStoreTakesNothing) {
    store_->close();
    auto begun = begin("key-0001");
    ASSERT_FALSE(begun.ok());
    EXPECT_EQ(begun.error().code, "");
}

}  // namespace
}  // namespace headgate::writes
