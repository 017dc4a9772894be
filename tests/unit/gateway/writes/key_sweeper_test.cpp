// What nobody ends becomes known, and what is old is forgotten.
#include "tests/unit/gateway/writes/fixture.hpp"

namespace headgate::writes {
namespace {

TEST_F(WritesTest, ALivingHolderIsLeftAlone) {
    auto held = begin("key-0001");
    EXPECT_EQ(sweep(), 0u);
    done(std::move(*held));
    EXPECT_EQ(told("key-0001"), "replay");
}

TEST_F(WritesTest, WhatNobodyEndedBecomesKnownToPeople) {
    ASSERT_TRUE(begin("key-0001").ok());
    clock_.advance(milliseconds(10'000));
    EXPECT_EQ(sweep(), 1u);
    ASSERT_EQ(unknown().size(), 1u);
    EXPECT_EQ(counted("unknown"), "1");
    EXPECT_EQ(told("key-0001"), "outcome-unknown");
    EXPECT_EQ(sweep(), 0u);
}

TEST_F(WritesTest, WhatASystemRecognisesIsNoLongerUnknownOnceItIsRepeated) {
    repeatable_ = true;
    ASSERT_TRUE(begin("key-0001").ok());
    clock_.advance(milliseconds(10'000));
    EXPECT_EQ(sweep(), 1u);
    EXPECT_EQ(unknown().size(), 1u);
    done(*begin("key-0001"));
    EXPECT_TRUE(unknown().empty());
}

TEST_F(WritesTest, AnswersAndUnknownOnesAreForgottenAfterTheirTime) {
    done(*begin("key-0001"));
    failed(*begin("key-0002"), ErrorKind::outcome_unknown);
    clock_.advance(milliseconds(86'399'999));
    EXPECT_EQ(sweep(), 0u);
    clock_.advance(milliseconds(1));
    EXPECT_EQ(sweep(), 2u);
    EXPECT_EQ(kept(), 0u);
    EXPECT_TRUE(unknown().empty());
    EXPECT_EQ(told("key-0001"), "held");
}

TEST_F(WritesTest, BeyondTheBoundTheOldestAnswersGoAndNothingElse) {
    failed(*begin("unknown-1"), ErrorKind::outcome_unknown);
    for (int i = 0; i < 6; ++i) {
        clock_.advance(milliseconds(10));
        done(*begin("key-000" + std::to_string(i)));
    }
    auto under_way = begin("under-way");
    ASSERT_TRUE(under_way.ok());
    sweep({.most_keys = 4});
    sweep({.most_keys = 4});
    EXPECT_EQ(told("unknown-1"), "outcome-unknown");
    EXPECT_EQ(told("under-way"), "idempotency-key-in-progress");
    EXPECT_EQ(told("key-0005"), "replay");
    EXPECT_EQ(told("key-0000"), "held");
}

}  // namespace
}  // namespace headgate::writes
