// Grouping differences into findings, keeping them in bounds and through a restart.
#include <gtest/gtest.h>

#include <set>

#include "base/timestamp.hpp"
#include "shadow/findings/finding_book.hpp"
#include "shadow/findings/findings_store.hpp"
#include "shadow/findings/timestamp.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/memory_findings_store.hpp"

namespace headgate {
namespace {

Comparison with(std::vector<Difference> differences) {
    Comparison comparison;
    comparison.differences = std::move(differences);
    return comparison;
}

Difference cents(int sku, std::string left, std::string right, std::string value_class) {
    return {"/prices[sku=" + std::to_string(sku) + "]/effectivePrice/centAmount",
            "/prices[]/effectivePrice/centAmount",
            DifferenceKind::value,
            std::move(value_class),
            std::move(left),
            std::move(right)};
}

TEST(FindingBook, MakesOneFindingOfOneCauseAndTwoOfTwo) {
    FakeClock clock;
    FindingBook book(clock);
    for (int i = 0; i < 1000; ++i) {
        clock.advance(milliseconds(1000));
        if (i % 10 == 0)
            book.compared("p", with({cents(i, "1299", "1298", "-1"), cents(i + 1, "599", "598", "-1")}), "t");
        else if (i % 100 == 1)
            book.compared("p", with({cents(i, "1299", "0", "to-zero")}), "t");
        else
            book.compared("p", {}, "t");
    }
    auto evidence = book.evidence("p");
    EXPECT_EQ(evidence.pairs, 1000u);
    EXPECT_EQ(evidence.differing, 110u);
    ASSERT_EQ(evidence.findings.size(), 2u);
    const Finding& rounding = evidence.findings[0];
    EXPECT_EQ(rounding.path, "/prices[]/effectivePrice/centAmount");
    EXPECT_EQ(rounding.value_class, "-1");
    EXPECT_EQ(rounding.count, 200u);
    EXPECT_EQ(rounding.pairs, 100u);
    EXPECT_EQ(rounding.last_seen - rounding.first_seen, std::chrono::seconds(990));
    EXPECT_EQ(rounding.first.path, "/prices[sku=0]/effectivePrice/centAmount");
    EXPECT_EQ(rounding.last.path, "/prices[sku=991]/effectivePrice/centAmount");
    EXPECT_EQ(rounding.examples.size(), 5u);
    EXPECT_EQ(evidence.findings[1].value_class, "to-zero");
    EXPECT_EQ(evidence.findings[1].count, 10u);
}

TEST(FindingBook, KeepsASampleOfAllAndNotJustOfTheFirst) {
    FindingBook book;
    for (int i = 0; i < 10'000; ++i) book.compared("p", with({cents(i, "2", "1", "-1")}), std::to_string(i));
    int late = 0;
    auto evidence = book.evidence("p");
    for (const auto& example : evidence.findings[0].examples) late += std::stoi(example.trace_id) >= 1000;
    EXPECT_GE(late, 3);
}

TEST(FindingBook, CountsWhatIsBeyondItsBoundAsOneFinding) {
    FindingBook book(system_clock(), {.findings = 3, .examples = 2});
    for (int i = 0; i < 100; ++i)
        book.compared(
            "p", with({{"/m" + std::to_string(i), "/m" + std::to_string(i), DifferenceKind::added, "", "", "1"}}), "");
    auto more = with({});
    more.more = 7;
    book.compared("p", more, "");
    auto findings = book.evidence("p").findings;
    ASSERT_EQ(findings.size(), 4u);
    EXPECT_EQ(findings.back().kind, DifferenceKind::other);
    EXPECT_EQ(findings.back().count, 97u + 7u);
    EXPECT_TRUE(book.evidence("unheard-of").findings.empty());
}

TEST(FindingBook, MakesAFindingOfASideThatFails) {
    FindingBook book;
    book.failed("p", "candidate", "deadline-exceeded", "t");
    book.failed("p", "candidate", "deadline-exceeded", "u");
    book.failed("p", "legacy", "system-fault", "v");
    auto findings = book.evidence("p").findings;
    ASSERT_EQ(findings.size(), 2u);
    EXPECT_EQ(findings[0].value_class, "candidate: deadline-exceeded");
    EXPECT_EQ(findings[0].pairs, 2u);
}

TEST(Finding, HasAnIdentityThatNeverChanges) {
    EXPECT_EQ(
        finding_id("pricing.v1/getPrices", "/prices[]/effectivePrice/centAmount", DifferenceKind::value, "-1").size(),
        12u);
    EXPECT_EQ(finding_id("pricing.v1/getPrices", "/prices[]/effectivePrice/centAmount", DifferenceKind::value, "-1"),
              "0c8f4907c30a");
    EXPECT_NE(finding_id("a", "b", DifferenceKind::value, "c"), finding_id("ab", "", DifferenceKind::value, "c"));
}

TEST(Finding, PutsSoldOutFlipsAndPricesFirst) {
    std::vector<Finding> findings(4);
    findings[0].path = "/items[]/locations[]/nextReceiptDate", findings[0].count = 10'000;
    findings[1].path = "/prices[]/listPrice/centAmount", findings[1].count = 5;
    findings[2].path = "/items[]/locations[]/available", findings[2].value_class = "to-zero", findings[2].count = 9;
    findings[3].path = "/items", findings[3].kind = DifferenceKind::order, findings[3].count = 99;
    sort_findings(findings);
    EXPECT_EQ(findings[0].path, "/items[]/locations[]/available");
    EXPECT_EQ(findings[1].path, "/prices[]/listPrice/centAmount");
    EXPECT_EQ(findings[3].kind, DifferenceKind::order);
}

TEST(Evidence, SurvivesTheStore) {
    FakeClock clock;
    FindingBook book(clock);
    book.compared("p", with({cents(1, "1299", "1298", "-1")}), "t1");
    book.failed("p", "candidate", "overloaded", "t2");
    auto before = book.evidence("p");
    before.tally = {.eligible = 9, .compared = 1, .sampled_out = 5, .in_flight = 2, .failed_shadow = 1};
    before.legacy.record(1500);
    MemoryFindingsStore store;
    ASSERT_TRUE(store.save(before).ok());
    auto loaded = store.load();
    ASSERT_TRUE(loaded.ok());
    ASSERT_EQ(loaded->size(), 1u);
    FindingBook restored(clock);
    restored.restore(loaded->front());
    auto after = restored.evidence("p");
    EXPECT_EQ(after.pairs, 2u);
    ASSERT_EQ(after.findings.size(), 2u);
    EXPECT_EQ(after.findings[0].id, before.findings[0].id);
    EXPECT_EQ(after.findings[0].last.left, before.findings[0].last.left);
    EXPECT_EQ(after.findings[0].first_seen, before.findings[0].first_seen);
    EXPECT_EQ(loaded->front().legacy.count(), 1u);
    EXPECT_EQ(loaded->front().tally.dropped_stopped, 2u);  // lost with the process
    EXPECT_TRUE(loaded->front().tally.adds_up());
    restored.compared("p", with({cents(2, "5", "4", "-1")}), "t3");
    EXPECT_EQ(restored.evidence("p").findings[0].count, 2u);
}

TEST(Evidence, RefusesWhatItCannotRead) {
    for (const char* text : {"", "{", "[]", "{}", R"({"version":2})", R"({"version":1,"operation":7})"})
        EXPECT_FALSE(read_evidence(text).ok()) << text;
}

TEST(Latency, TellsPercentilesWithinAFifth) {
    LatencyHistogram histogram;
    EXPECT_EQ(histogram.percentile_us(0.5), 0);
    for (int us = 1; us <= 100'000; ++us) histogram.record(us);
    for (double p : {0.01, 0.5, 0.9, 0.99}) {
        auto truth = p * 100'000;
        EXPECT_GE(static_cast<double>(histogram.percentile_us(p)), truth);
        EXPECT_LE(static_cast<double>(histogram.percentile_us(p)), truth * 1.26);
    }
    LatencyHistogram extremes;
    for (std::int64_t us : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{3}, std::int64_t{4}, INT64_MAX})
        extremes.record(us);
    EXPECT_EQ(extremes.count(), 5u);
    EXPECT_EQ(extremes.percentile_us(0.2), 0);
}

TEST(Timestamp, GoesBothWays) {
    FakeClock clock;
    EXPECT_EQ(rfc3339(clock.wall_now()), "2026-11-23T09:15:01.000Z");
    EXPECT_EQ(read_timestamp("2026-11-23T09:15:01.000Z"), clock.wall_now());
    EXPECT_FALSE(read_timestamp("yesterday"));
}

}  // namespace
}  // namespace headgate
