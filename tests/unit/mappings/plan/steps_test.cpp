// Mappings of several calls, and those that our own order log answers: their cases, order and laws.
#include <gtest/gtest.h>

#include "mappings/plan/cases.hpp"
#include "mappings/plan/laws/round_trips.hpp"

namespace headgate {

namespace {

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/faults/";

struct Loaded {
    std::shared_ptr<const Registry> contracts;
    std::shared_ptr<const PlanSet> plans;
};

const Loaded& loaded() {
    static const auto all = [] {
        Diagnostics diagnostics;
        Loaded out;
        out.contracts = load_contracts({folder + "contracts"}, diagnostics);
        out.plans = load_mappings({folder + "good"}, out.contracts, diagnostics);
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        return out;
    }();
    return all;
}

const StepCalls& calls_of(const std::string& call) {
    return std::get<StepCalls>(loaded().plans->find_call("shop", call)->call());
}

}  // namespace

TEST(Steps, EveryCaseHolds) {
    Diagnostics diagnostics;
    int cases = 0;
    for (const auto& count : run_cases(folder + "good/steps.cases.yaml", *loaded().plans, diagnostics)) {
        EXPECT_EQ(count.failed, 0) << count.call;
        cases += count.run;
    }
    EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
    EXPECT_EQ(cases, 8);
}

TEST(Steps, ThoseThatNeedNoAnswerOfEachOtherAreOfOneWave) {
    const auto& steps = calls_of("purchasesOf").steps;
    ASSERT_EQ(steps.size(), 3u);
    EXPECT_EQ(steps[0]->wave(), 0u);
    EXPECT_EQ(steps[1]->wave(), 1u);
    EXPECT_EQ(steps[2]->wave(), 1u);
    EXPECT_EQ(steps[2]->needs(), std::vector<std::size_t>{0});
    const auto& buying = calls_of("buy").steps;
    EXPECT_FALSE(buying[0]->effect());
    EXPECT_TRUE(buying[1]->effect());
    EXPECT_EQ(buying[1]->wave(), 1u);
}

TEST(Steps, FaultsOfAStepMeanWhatItSaysFirstAndWhatTheMappingSaysElse) {
    using Outcome = FaultVerdict::Outcome;
    const auto& steps = calls_of("purchasesOf").steps;
    auto fault = [&](std::size_t step, const char* code) { return steps[step]->plan().fault(code, Value()); };
    EXPECT_EQ(fault(0, "soap:Server/E1").code, "unknown-customer");
    EXPECT_EQ(fault(2, "soap:Server/E1").outcome, Outcome::failed);
    EXPECT_EQ(fault(2, "soap:Server/E7").code, "unknown-card");
    EXPECT_EQ(fault(0, "soap:Server/E7").code, "");
}

TEST(Steps, WhatAnEarlierStepKeptIsNoFaultOfTheCaller) {
    Arena arena;
    Builder builder(arena);
    builder.begin_object();
    builder.key("email"), builder.string("a@example.org");
    builder.key("customer");
    builder.begin_object();
    builder.key("number"), builder.string("longer-than-ten");
    builder.end_object();
    builder.end_object();
    auto message = builder.take();
    auto written = calls_of("purchasesOf").steps[1]->plan().to_legacy(message, builder);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::bad_answer);
    EXPECT_EQ(written.error().pointer, "");
    EXPECT_NE(written.error().detail.find("kdnr"), std::string::npos) << written.error().detail;
}

TEST(Steps, AnswersOfAllStepsKeepTheLawsOfTheirRules) {
    const auto& plan = *loaded().plans->find_call("shop", "purchasesOf");
    auto trips = mappings::RoundTrips::of(plan, *loaded().contracts, mappings::Direction::to_contract);
    ASSERT_TRUE(trips);
    auto result = trips->run(500, 1);
    EXPECT_FALSE(result.failure) << result.failure->text();
    EXPECT_LT(result.refused, 500);
}

TEST(Steps, RequestsOfEachStepKeepTheLawsOfTheirRules) {
    const auto& plan = *loaded().plans->find_call("shop", "purchasesOf");
    auto trips = mappings::RoundTrips::of(plan, *loaded().contracts, mappings::Direction::to_legacy);
    ASSERT_TRUE(trips);
    auto result = trips->run(500, 1);
    EXPECT_FALSE(result.failure) << result.failure->text();
    EXPECT_EQ(result.documents, 1500);
    EXPECT_LT(result.refused, 1000);  // the third is called for those alone who have a card
}

}  // namespace headgate
