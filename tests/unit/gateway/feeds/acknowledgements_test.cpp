// What a 997 says of an order's file, and what silence says.
#include "gateway/feeds/acknowledgements.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "tests/unit/gateway/feeds/fixture.hpp"

namespace headgate::feeds {
namespace {

const std::string accepted =
    R"({"AK1":{"01":"OW","02":"1"},"AK2":[{"01":"940","02":"0001","AK5":{"01":"A"}}],"AK9":{"01":"A"}})";
const std::string refused =
    R"({"AK1":{"01":"OW","02":"0001"},"AK2":[{"01":"940","02":"0001","AK5":{"01":"R","02":"5"}}],"AK9":{"01":"R"}})";

class AcknowledgementsTest : public FeedsTest {
  protected:
    void SetUp() override {
        FeedsTest::SetUp();
        numbers_.emplace(*store_, clock_);
        ASSERT_EQ(*numbers_->number_for(of_.sequence, "pick-HO1.940", "HO1"), 1u);
        store::Commit commit;
        commit.work.push_back({"HO1/warehouse.940", "order-steps", "HO1", "warehouse.940"});
        ASSERT_EQ(store_->commit(std::move(commit))->outcome, store::Outcome::committed);
        move(store::WorkState::ready, store::WorkState::done);
    }
    void move(store::WorkState from, store::WorkState to) {
        store::Commit commit;
        commit.changes.push_back({"HO1/warehouse.940", 0, from, to, 0, 0, {}});
        ASSERT_EQ(store_->commit(std::move(commit))->outcome, store::Outcome::committed);
    }
    std::string come(const std::string& json) {
        Arena arena;
        Builder builder(arena);
        store::Commit commit;
        auto fault = take_acknowledgement(*store_, of_, *read_json(json, builder), 5, commit);
        if (!fault) return "store";
        EXPECT_EQ(store_->commit(std::move(commit))->outcome, store::Outcome::committed);
        return *fault;
    }
    std::size_t overdue(milliseconds after) {
        clock_.advance(after);
        return hold_overdue(*store_, of_, store::to_ms(clock_.wall_now())).value();
    }
    std::string step() {
        auto work = store_->work("HO1/warehouse.940").value();
        return std::string(store::name(work->state)) + (work->note.empty() ? "" : ": " + work->note);
    }

    const Acknowledges of_{{"warehouse", "940"}, "x12 ZZ:HEADGATE ZZ:WMS", milliseconds(60'000)};
};

TEST_F(AcknowledgementsTest, AFileThatIsAcceptedLeavesItsStepDone) {
    EXPECT_EQ(come(accepted), "");
    EXPECT_EQ(step(), "done");
    EXPECT_EQ(overdue(milliseconds(120'000)), 0u);
    EXPECT_EQ(step(), "done");
}

TEST_F(AcknowledgementsTest, AFileThatIsRefusedHoldsItsStepWithTheReason) {
    EXPECT_EQ(come(refused), "");
    EXPECT_EQ(step(), "held: the system has refused the file: AK5 R 5");
    EXPECT_EQ(store_->events("HO1", 0, 10)->back().kind, "step-refused");
    // Told twice, held once.
    EXPECT_EQ(come(refused), "");
    EXPECT_EQ(store_->events("HO1", 0, 10)->size(), 1u);
    EXPECT_EQ(come(accepted), "");
    EXPECT_EQ(step(), "done");
}

TEST_F(AcknowledgementsTest, AGroupThatIsRefusedAsAWholeHoldsItsStep) {
    EXPECT_EQ(come(R"({"AK1":{"01":"OW","02":"1"},"AK9":{"01":"R"}})"), "");
    EXPECT_EQ(step(), "held: the system has refused the file: AK9 R");
}

TEST_F(AcknowledgementsTest, AFileThatNobodyAcknowledgesInTimeHoldsItsStepUntilSomebodyDoes) {
    EXPECT_EQ(overdue(milliseconds(59'999)), 0u);
    EXPECT_EQ(step(), "done");
    EXPECT_EQ(overdue(milliseconds(1)), 1u);
    EXPECT_EQ(step(), "held: the system has not acknowledged the file within 60 s");
    EXPECT_EQ(overdue(milliseconds(120'000)), 0u);
    EXPECT_EQ(come(accepted), "");
    EXPECT_EQ(step(), "done");
    EXPECT_EQ(store_->events("HO1", 0, 10)->back().kind, "step-acknowledged");
}

TEST_F(AcknowledgementsTest, AStepThatIsStillBeingToldIsWaitedForAnew) {
    move(store::WorkState::done, store::WorkState::ready);
    EXPECT_EQ(overdue(milliseconds(60'000)), 0u);
    move(store::WorkState::ready, store::WorkState::done);
    EXPECT_EQ(overdue(milliseconds(59'999)), 0u);
    EXPECT_EQ(overdue(milliseconds(1)), 1u);
}

TEST_F(AcknowledgementsTest, AStepThatWasTriedAgainIsWaitedForOnceMore) {
    for (bool silent : {true, false}) {
        if (silent)
            ASSERT_EQ(overdue(milliseconds(60'000)), 1u);
        else
            ASSERT_EQ(come(refused), "");
        move(store::WorkState::held, store::WorkState::ready);
        move(store::WorkState::ready, store::WorkState::done);
        EXPECT_EQ(overdue(milliseconds(60'000)), 1u);
        EXPECT_EQ(come(accepted), "");
        EXPECT_EQ(step(), "done");
        EXPECT_EQ(overdue(milliseconds(600'000)), 0u);
    }
}

TEST_F(AcknowledgementsTest, WhatWasHeldForAnotherReasonStaysHeld) {
    move(store::WorkState::done, store::WorkState::held);
    EXPECT_EQ(come(accepted), "");
    EXPECT_EQ(step(), "held");
}

TEST_F(AcknowledgementsTest, ANumberThatWasNeverSentIsAFault) {
    EXPECT_EQ(come(R"({"AK1":{"01":"OW","02":"77"},"AK9":{"01":"A"}})"),
              "it acknowledges group 77, which was never sent");
    EXPECT_EQ(step(), "done");
}

}  // namespace
}  // namespace headgate::feeds
