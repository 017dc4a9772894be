// Mirroring beside a request: what is asked, dropped, failed and compared, each exactly once in the tally.
#include <gtest/gtest.h>

#include "tests/support/fake_sides.hpp"

namespace headgate {
namespace {

TEST_F(MirrorTest, ComparesEqualAnswersAndFindsNothing) {
    start();
    auto ticket = mirror->begin(request(answering(answer(R"({"prices":[]})"))));
    ASSERT_TRUE(ticket);
    EXPECT_EQ(tally().in_flight, 1u);
    ticket->served(answer(R"({ "prices" : [] })"));
    ASSERT_TRUE(settled());
    EXPECT_EQ(tally(), (Tally{.eligible = 1, .compared = 1}));
    auto evidence = mirror->evidence(operation().name);
    EXPECT_TRUE(evidence.findings.empty());
    EXPECT_EQ(evidence.pairs, 1u);
    EXPECT_EQ(evidence.candidate.count(), 1u);
    EXPECT_EQ(evidence.skew.count(), 1u);
}

TEST_F(MirrorTest, NamesADifferenceWithBothValuesWhicheverSideServes) {
    start();
    for (bool candidate_serves : {false, true}) {
        std::string legacy = R"({"prices":[{"sku":"A","effectivePrice":{"centAmount":1299}}]})";
        std::string candidate = R"({"prices":[{"sku":"A","effectivePrice":{"centAmount":1298}}]})";
        auto made = request(answering(answer(candidate_serves ? legacy : candidate)));
        made.candidate_serves = candidate_serves;
        auto trace = made.context.trace.trace_id();
        mirror->begin(std::move(made))->served(answer(candidate_serves ? candidate : legacy));
        ASSERT_TRUE(settled());
        auto findings = mirror->evidence(operation().name).findings;
        ASSERT_EQ(findings.size(), 1u);
        EXPECT_EQ(findings[0].path, "/prices[]/effectivePrice/centAmount");
        EXPECT_EQ(findings[0].last.path, "/prices[sku=A]/effectivePrice/centAmount");
        EXPECT_EQ(findings[0].last.left, "1299");
        EXPECT_EQ(findings[0].last.right, "1298");
        EXPECT_EQ(findings[0].last.trace_id, trace);
    }
    EXPECT_EQ(mirror->evidence(operation().name).findings[0].count, 2u);
}

TEST_F(MirrorTest, CountsAFailedShadowSideAlwaysAndNamesHowItFailed) {
    start();
    std::vector<std::pair<Ask, std::string>> ways{{answering(failed("system-unavailable")), "system-unavailable"},
                                                  {throwing(), "internal"},
                                                  {hanging(), "deadline-exceeded"},
                                                  {hanging_for_good(), "deadline-exceeded"},
                                                  {answering(answer("no JSON")), "bad-answer"},
                                                  {Ask(), "internal"}};
    std::uint64_t count = 0;
    for (const auto& [ask, word] : ways) {
        auto made = request(ask);
        made.deadline = milliseconds(20);
        mirror->begin(std::move(made))->served(answer("{}"));
        ASSERT_TRUE(settled()) << word;
        EXPECT_EQ(tally().failed_shadow, ++count) << word;
        bool named = false;
        for (const auto& finding : mirror->evidence(operation().name).findings)
            named |= finding.kind == DifferenceKind::failed && finding.value_class == "candidate: " + word;
        EXPECT_TRUE(named) << word;
    }
    auto both = request(answering(failed("overloaded")));
    mirror->begin(std::move(both))->served(failed("system-fault"));
    ASSERT_TRUE(settled());
    EXPECT_EQ(tally().failed_shadow, count + 1);
    EXPECT_TRUE(tally().adds_up());
}

TEST_F(MirrorTest, CountsAServingSideThatFailedOrWasNeverReported) {
    start();
    mirror->begin(request(answering(answer("{}"))))->served(failed("system-fault"));
    mirror->begin(request(answering(answer("{}")))).reset();
    ASSERT_TRUE(settled());
    EXPECT_EQ(tally(), (Tally{.eligible = 2, .failed_serving = 2}));
}

TEST_F(MirrorTest, SetsTheShadowMarkAndADeadlineAndAsksOnItsOwnThread) {
    start();
    std::atomic<bool> right{false};
    auto keep = std::shared_ptr<int>(new int(1), [this](int* i) {
        EXPECT_TRUE(mirror->executor().running_in_this_thread());
        delete i;
    });
    auto made = request([&](const MirrorRequest& asked) -> Task<ShadowAnswer> {
        right = asked.context.shadow && asked.context.deadline.remaining() <= milliseconds(500) &&
                mirror->executor().running_in_this_thread();
        co_return answer("{}");
    });
    made.deadline = milliseconds(500);
    made.keep = std::move(keep);
    mirror->begin(std::move(made))->served(answer("{}"));
    ASSERT_TRUE(settled());
    EXPECT_TRUE(right);
    mirror->shut_down();
}

TEST_F(MirrorTest, StopsAllShadowingBySwitchAndResumes) {
    start({.concurrency = 1});
    auto asked = mirror->begin(request(hanging()));
    auto waiting = mirror->begin(request(answering(answer("{}"))));
    mirror->stop();
    ASSERT_TRUE(settled());
    EXPECT_FALSE(mirror->begin(request(answering(answer("{}")))));
    EXPECT_EQ(tally(), (Tally{.eligible = 3, .dropped_stopped = 3}));
    asked->served(answer("{}"));
    mirror->resume();
    mirror->begin(request(answering(answer("{}"))))->served(answer("{}"));
    ASSERT_TRUE(settled());
    EXPECT_EQ(tally(), (Tally{.eligible = 4, .compared = 1, .dropped_stopped = 3}));
}

TEST_F(MirrorTest, LetsTicketsOutliveIt) {
    start();
    auto ticket = mirror->begin(request(answering(answer("{}"))));
    auto other = mirror->begin(request(hanging_for_good()));
    mirror->shut_down(milliseconds(10));
    EXPECT_EQ(tally(), (Tally{.eligible = 2, .dropped_stopped = 2}));
    mirror.reset();
    ticket->served(answer("{}"));
    other.reset();
}

TEST_F(MirrorTest, GoesOnFromWhatWasStored) {
    start();
    OperationEvidence stored;
    stored.operation = operation().name;
    stored.tally = {.eligible = 10, .compared = 4, .sampled_out = 6};
    stored.pairs = 4;
    mirror->restore(stored);
    mirror->sampled_out(operation().name);
    EXPECT_EQ(tally(), (Tally{.eligible = 11, .compared = 4, .sampled_out = 7}));
    EXPECT_EQ(mirror->evidence().size(), 1u);
}

}  // namespace
}  // namespace headgate
