// Every decision about a key, and its text.
#include "gateway/writes/key_row.hpp"

#include <gtest/gtest.h>

namespace headgate::writes {
namespace {

KeyRow row(KeyState state, bool repeatable = false) {
    KeyRow out;
    out.state = state;
    out.fingerprint = "print";
    out.caller = "storefront";
    out.operation = "returns.v1/createReturn";
    out.key = "key-0001";
    out.system = "stock";
    out.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    out.repeatable = repeatable;
    out.begun_ms = 1'000;
    out.generation = 3;
    out.expires_ms = 2'000;
    return out;
}

constexpr Moment living{1'500, 3}, expired{2'000, 3}, restarted{1'500, 4};

TEST(KeyRow, TellsSystemsAKeyOfItsCallerAndOperationAlone) {
    auto one = row(KeyState::open), other = one, again = one;
    again.fingerprint = "another";
    EXPECT_EQ(one.told_key().size(), 40u);
    EXPECT_EQ(again.told_key(), one.told_key());
    other.caller = "app";
    EXPECT_NE(other.told_key(), one.told_key());
    other = one;
    other.operation = "basket.v1/createBasket";
    EXPECT_NE(other.told_key(), one.told_key());
}

TEST(KeyDecision, ANewKeyStarts) { EXPECT_EQ(decide(std::nullopt, row(KeyState::open), living), Begin::start); }

TEST(KeyDecision, AnotherRequestIsRefusedWhateverStands) {
    auto other = row(KeyState::open, true);
    other.fingerprint = "another";
    for (auto state : {KeyState::open, KeyState::answered, KeyState::unknown})
        for (auto moment : {living, expired, restarted})
            EXPECT_EQ(decide(row(state, true), other, moment), Begin::key_reused);
}

TEST(KeyDecision, WhatWasAnsweredIsAnsweredAgain) {
    for (bool repeatable : {false, true})
        for (auto moment : {living, expired, restarted})
            EXPECT_EQ(decide(row(KeyState::answered, repeatable), row(KeyState::open, repeatable), moment),
                      Begin::replay);
}

TEST(KeyDecision, OneHolderAtATime) {
    for (bool repeatable : {false, true})
        EXPECT_EQ(decide(row(KeyState::open, repeatable), row(KeyState::open, repeatable), living), Begin::in_progress);
}

TEST(KeyDecision, WhatNobodyEndedIsRepeatedOnlyWhereTheSameSystemRecognisesIt) {
    for (auto state : {KeyState::open, KeyState::unknown})
        for (auto moment : {expired, restarted}) {
            EXPECT_EQ(decide(row(state, true), row(KeyState::open, true), moment), Begin::repeat);
            EXPECT_EQ(decide(row(state, false), row(KeyState::open, true), moment), Begin::unknown);
            EXPECT_EQ(decide(row(state, true), row(KeyState::open, false), moment), Begin::unknown);
            auto elsewhere = row(KeyState::open, true);
            elsewhere.system = "stock-service";
            EXPECT_EQ(decide(row(state, true), elsewhere, moment), Begin::unknown);
        }
}

TEST(KeyDecision, AnUnknownOneStaysSoWhileItsHolderMightStillLive) {
    EXPECT_EQ(decide(row(KeyState::unknown, false), row(KeyState::open, false), living), Begin::unknown);
    EXPECT_EQ(decide(row(KeyState::unknown, true), row(KeyState::open, true), living), Begin::repeat);
}

TEST(KeyJudgement, TellsRefusalsFromWhatTheSystemHasNothingOfAndFromWhatNobodyKnows) {
    for (auto kind : {ErrorKind::rejected, ErrorKind::conflict, ErrorKind::invalid_message})
        EXPECT_EQ(judge(Error{kind, ""}, false), Effect::refused) << name(kind);
    for (auto kind : {ErrorKind::overloaded, ErrorKind::configuration, ErrorKind::forbidden,
                      ErrorKind::deadline_exceeded, ErrorKind::system_unavailable})
        EXPECT_EQ(judge(Error{kind, ""}, false), Effect::none) << name(kind);
    for (auto kind : {ErrorKind::outcome_unknown, ErrorKind::internal})
        for (bool atomic : {false, true}) EXPECT_EQ(judge(Error{kind, ""}, atomic), Effect::unknown) << name(kind);
    for (auto kind : {ErrorKind::system_fault, ErrorKind::bad_answer}) {
        EXPECT_EQ(judge(Error{kind, ""}, false), Effect::unknown) << name(kind);
        EXPECT_EQ(judge(Error{kind, ""}, true), Effect::none) << name(kind);
    }
}

TEST(KeyText, ComesBackAsItWas) {
    auto kept = row(KeyState::answered, true);
    kept.answer = {
        201, "application/json", "{\"total\":10.10,\"name\":\"Wei\u00df\"}", {{"Location", "/returns/v1/returns/1"}}};
    auto read = read_key_row(write_key_row(kept));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(write_key_row(*read), write_key_row(kept));
    EXPECT_EQ(read->answer.body, kept.answer.body);
    EXPECT_EQ(read->name(), kept.name());
}

TEST(KeyText, ThatCanNotBeReadSaysSo) {
    for (const char* text : {"", "[]", "{}", R"({"state":"done"})", R"({"state":"open","fingerprint":1})"})
        EXPECT_EQ(read_key_row(text).error().kind, ErrorKind::internal) << text;
}

}  // namespace
}  // namespace headgate::writes
