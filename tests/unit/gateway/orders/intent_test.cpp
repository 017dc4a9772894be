// The intent machine: every standing state with every event, and its text.
#include "gateway/orders/intent.hpp"

#include <gtest/gtest.h>

namespace headgate::orders {
namespace {

constexpr std::int64_t now = 1'000'000;

Intent standing(IntentState state, std::int64_t expires_ms = now + 1, std::int64_t generation = 5) {
    Intent intent;
    intent.state = state;
    intent.fingerprint = "same";
    intent.order_id = "HO1";
    intent.generation = generation;
    intent.expires_ms = expires_ms;
    return intent;
}

TEST(IntentBegin, IsDecidedForEveryStandingStateAndRequest) {
    struct Case {
        const char* what;
        std::optional<Intent> intent;
        const char* fingerprint;
        Begin expected;
    };
    const Case cases[] = {
        {"nothing", std::nullopt, "same", Begin::create},
        {"open, alive, same", standing(IntentState::open), "same", Begin::in_progress},
        {"open, alive, other", standing(IntentState::open), "other", Begin::key_reused},
        {"open, expired, same", standing(IntentState::open, now), "same", Begin::take_over},
        {"open, expired, other", standing(IntentState::open, now), "other", Begin::key_reused},
        {"open, of a dead process, same", standing(IntentState::open, now + 1, 4), "same", Begin::take_over},
        {"open, of a dead process, other", standing(IntentState::open, now + 1, 4), "other", Begin::key_reused},
        {"committed, same", standing(IntentState::committed), "same", Begin::replay},
        {"committed long ago, same", standing(IntentState::committed, 0, 1), "same", Begin::replay},
        {"committed, other", standing(IntentState::committed), "other", Begin::key_reused},
        {"revoked, same", standing(IntentState::revoked), "same", Begin::next_try},
        {"revoked, other", standing(IntentState::revoked), "other", Begin::next_try},
    };
    for (const auto& c : cases) EXPECT_EQ(decide_begin(c.intent, c.fingerprint, {now, 5}), c.expected) << c.what;
}

TEST(IntentBegin, NeverTakesOverFromALivingReplicaOfASharedStore) {
    EXPECT_EQ(decide_begin(standing(IntentState::open, now + 1, 0), "same", {now, 0}), Begin::in_progress);
}

TEST(IntentAfterReserve, IsDecidedForEveryHistoryAndAnswer) {
    for (std::int64_t takeovers : {0, 1, 7})
        for (std::int64_t try_number : {0, 1, 7}) {
            Intent held = standing(IntentState::open);
            held.takeovers = takeovers;
            held.try_number = try_number;
            EXPECT_EQ(decide_after_reserve(held, Reserved::yes), Then::commit);
            EXPECT_EQ(decide_after_reserve(held, Reserved::unknown), Then::let_go);
            const Then refused = takeovers > 0 ? Then::revoke : try_number > 0 ? Then::revoke_unneeded : Then::forget;
            EXPECT_EQ(decide_after_reserve(held, Reserved::refused), refused);
        }
}

TEST(IntentReserve, IsOnlyCertainWhenTheSystemSaidSoOrWasNeverAsked) {
    EXPECT_EQ(judge_reserve(Done{}), Reserved::yes);
    const std::map<ErrorKind, Reserved> expected{{ErrorKind::rejected, Reserved::refused},
                                                 {ErrorKind::conflict, Reserved::refused},
                                                 {ErrorKind::overloaded, Reserved::refused},
                                                 {ErrorKind::invalid_message, Reserved::refused},
                                                 {ErrorKind::configuration, Reserved::refused},
                                                 {ErrorKind::deadline_exceeded, Reserved::unknown},
                                                 {ErrorKind::system_unavailable, Reserved::unknown},
                                                 {ErrorKind::system_fault, Reserved::unknown},
                                                 {ErrorKind::bad_answer, Reserved::unknown},
                                                 {ErrorKind::outcome_unknown, Reserved::unknown},
                                                 {ErrorKind::internal, Reserved::unknown}};
    for (const auto& [kind, reserved] : expected) EXPECT_EQ(judge_reserve(Error{kind, "x"}), reserved) << name(kind);
}

TEST(IntentSweep, TouchesOnlyWhatIsOpenAndPastItsGrace) {
    EXPECT_TRUE(sweepable(standing(IntentState::open, now - 100), now, 100));
    EXPECT_FALSE(sweepable(standing(IntentState::open, now - 99), now, 100));
    EXPECT_FALSE(sweepable(standing(IntentState::committed, 0), now, 100));
    EXPECT_FALSE(sweepable(standing(IntentState::revoked, 0), now, 100));
}

TEST(IntentText, ComesBackAsItWas) {
    Intent intent = standing(IntentState::open);
    intent.try_number = 2;
    intent.takeovers = 3;
    intent.release = {"stock", "release"};
    intent.order = R"({"a":10.10,"b":"ä\n\u0001\"","c":123456789012345678901234567890})";
    auto back = read_intent(write_intent(intent));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->order, intent.order);
    EXPECT_EQ(back->order_id, "HO1");
    EXPECT_EQ(back->try_number, 2);
    EXPECT_EQ(back->takeovers, 3);
    EXPECT_EQ(back->generation, 5);
    EXPECT_EQ(back->expires_ms, now + 1);
    EXPECT_EQ(back->release, intent.release);
    for (auto state : {IntentState::committed, IntentState::revoked})
        EXPECT_EQ(read_intent(write_intent(standing(state)))->state, state);
}

TEST(IntentText, ThatIsDamagedIsAnError) {
    for (const char* text : {"", "{}", "[]", "null", "{", R"({"state":"odd","fingerprint":"","orderId":"","try":0})",
                             R"({"state":"open","fingerprint":"","orderId":"","try":0})",
                             R"({"state":"revoked","fingerprint":1,"orderId":"","try":0})"})
        EXPECT_FALSE(read_intent(text).ok()) << text;
}

}  // namespace
}  // namespace headgate::orders
