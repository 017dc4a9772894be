// What a person reads: the report's text and JSON.
#include "shadow/report/report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shadow/findings/finding_book.hpp"
#include "tests/support/fake_clock.hpp"

namespace headgate {
namespace {

OperationEvidence rounding_error() {
    static FakeClock clock;
    FindingBook book(clock);
    Comparison comparison;
    comparison.differences.push_back({"/prices[sku=HG-100234]/effectivePrice/centAmount",
                                      "/prices[]/effectivePrice/centAmount", DifferenceKind::value, "-1", "1299",
                                      "1298"});
    comparison.ignored = 1;
    for (int i = 0; i < 12; ++i)
        book.compared("pricing.v1/getPrices", i % 4 == 0 ? comparison : Comparison{}, "4bf92f35");
    auto evidence = book.evidence("pricing.v1/getPrices");
    evidence.tally = {.eligible = 1234, .compared = 12, .sampled_out = 1220, .dropped_queue_full = 2};
    evidence.legacy.record(3000);
    evidence.candidate.record(15'000);
    return evidence;
}

TEST(ReportText, SaysWhatWasSeenWhatDiffersAndThatItAddsUp) {
    auto text = report_text({rounding_error()});
    for (const char* wanted :
         {"pricing.v1/getPrices\n", "eligible      1,234\n", "compared      12 (1.0%)\n", "adds up       yes\n",
          "dropped       2 (queue full 2,", "3 of 12 pairs (25.0%)", "1 finding\n",
          "value -1  at /prices[]/effectivePrice/centAmount\n", "/prices[sku=HG-100234]/effectivePrice/centAmount\n",
          "legacy      1299\n", "candidate   1298\n", "25.0% of pairs, 3 times, harm 5 of 5"})
        EXPECT_NE(text.find(wanted), std::string::npos) << wanted << "\nin\n" << text;
}

TEST(ReportText, SaysWhenATallyDoesNotAddUp) {
    auto evidence = rounding_error();
    ++evidence.tally.eligible;
    EXPECT_NE(report_text({evidence}).find("adds up       no: 1,234 accounted for"), std::string::npos);
}

TEST(ReportText, WritesNoControlCharacters) {
    auto evidence = rounding_error();
    evidence.findings[0].path =
        "/a\x1b[2J\xc2\x9b"
        "31m/\xc3\xbc";
    auto text = report_text({evidence});
    EXPECT_NE(text.find("/a?[2J?31m/\xc3\xbc"), std::string::npos) << text;
}

TEST(ReportText, ShowsTheFirstFindingsAndCountsTheRest) {
    auto evidence = rounding_error();
    evidence.findings.resize(30, evidence.findings[0]);
    EXPECT_NE(report_text({evidence}).find("and 5 more\n"), std::string::npos);
    EXPECT_NE(report_text({}).find("No operation"), std::string::npos);
}

TEST(ReportJson, CarriesEveryBucketAndEveryFinding) {
    auto json = nlohmann::json::parse(report_json({rounding_error()}));
    const auto& operation = json["operations"][0];
    EXPECT_EQ(operation["operation"], "pricing.v1/getPrices");
    EXPECT_EQ(operation["tally"]["eligible"], 1234);
    EXPECT_EQ(operation["tally"]["dropped"]["queueFull"], 2);
    EXPECT_EQ(operation["tally"]["addsUp"], true);
    EXPECT_EQ(operation["findings"][0]["kind"], "value");
    EXPECT_EQ(operation["findings"][0]["last"]["legacy"], "1299");
    EXPECT_EQ(operation["findings"][0]["last"]["candidate"], "1298");
    EXPECT_DOUBLE_EQ(operation["findings"][0]["share"].get<double>(), 0.25);
    EXPECT_GE(operation["latency"]["candidate"]["p50_us"].get<int>(), 15'000);
}

}  // namespace
}  // namespace headgate
