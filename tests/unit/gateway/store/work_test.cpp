// Work: claims under lease and fence, reports, counts and watching.
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

class StoreWork : public StoreTest {
  protected:
    void add(const std::string& id, std::int64_t due_ms, const std::string& queue = "q") {
        Commit what;
        what.work.push_back({id, queue, "stream-" + id, "kind", WorkState::ready, due_ms, due_ms});
        EXPECT_EQ(commit(what), Outcome::committed);
    }
    ClaimResult claim(std::int64_t now_ms, std::size_t at_most = 10, const std::string& owner = "me") {
        return store_->claim({"q", owner, now_ms, 1'000, at_most}).value();
    }
    Outcome report(const Work& item, WorkState to, std::int64_t due_ms = 0) {
        Commit what;
        what.changes.push_back({item.id, item.fence, WorkState::ready, to, due_ms, 50, "note"});
        what.events.push_back({0, "reports", "k", 0, "{}"});
        return commit(what);
    }
};

TEST_F(StoreWork, IsClaimedInTheOrderOfItsDueTimeAndNotBefore) {
    add("late", 300);
    add("b", 200);
    add("a", 100);
    add("elsewhere", 1, "other");
    auto claimed = claim(250);
    ASSERT_EQ(claimed.items.size(), 2u);
    EXPECT_EQ(claimed.items[0].id, "a");
    EXPECT_EQ(claimed.items[1].id, "b");
    EXPECT_EQ(claimed.items[0].attempts, 1);
    EXPECT_EQ(claimed.next_due_ms, 300);
}

TEST_F(StoreWork, IsNotClaimedTwiceWithinItsLease) {
    add("a", 100);
    ASSERT_EQ(claim(100).items.size(), 1u);
    EXPECT_TRUE(claim(1'099).items.empty());
    auto again = claim(1'100, 10, "other");
    ASSERT_EQ(again.items.size(), 1u);
    EXPECT_EQ(again.items[0].fence, 2);
    EXPECT_EQ(again.items[0].attempts, 2);
    EXPECT_EQ(again.items[0].owner, "other");
}

TEST_F(StoreWork, RefusesTheReportOfAStaleHolderWhole) {
    add("a", 100);
    auto stale = claim(100).items[0];
    auto fresh = claim(2'000).items[0];
    EXPECT_EQ(report(stale, WorkState::done), Outcome::conflict);
    EXPECT_TRUE(store_->events("reports", 0, 10).value().empty());
    EXPECT_EQ(report(fresh, WorkState::done), Outcome::committed);
    EXPECT_EQ(report(fresh, WorkState::done), Outcome::conflict);
    EXPECT_EQ(store_->work("a").value()->state, WorkState::done);
    EXPECT_EQ(store_->events("reports", 0, 10).value().size(), 1u);
}

TEST_F(StoreWork, ComesBackAtItsNewDueTimeWithItsAttemptsKept) {
    add("a", 100);
    EXPECT_EQ(report(claim(100).items[0], WorkState::ready, 5'000), Outcome::committed);
    EXPECT_TRUE(claim(4'999).items.empty());
    auto again = claim(5'000);
    ASSERT_EQ(again.items.size(), 1u);
    EXPECT_EQ(again.items[0].attempts, 2);
    EXPECT_EQ(again.items[0].note, "note");
}

TEST_F(StoreWork, StaysHeldUntilSomebodyLetsItGo) {
    add("a", 100);
    EXPECT_EQ(report(claim(100).items[0], WorkState::held), Outcome::committed);
    EXPECT_TRUE(claim(1'000'000).items.empty());
    auto held = store_->work("a").value();
    Commit retry;
    retry.changes.push_back({"a", held->fence, WorkState::held, WorkState::ready, 7, 7, "", true});
    EXPECT_EQ(commit(retry), Outcome::committed);
    EXPECT_EQ(commit(retry), Outcome::conflict);
    auto again = claim(7);
    ASSERT_EQ(again.items.size(), 1u);
    EXPECT_EQ(again.items[0].attempts, 1);
}

TEST_F(StoreWork, IsCountedWhileOpen) {
    add("a", 100);
    add("b", 50);
    add("c", 200);
    auto items = claim(100).items;  // b, then a
    report(items[0], WorkState::done);
    report(items[1], WorkState::held);
    auto counts = store_->work_counts("q").value();
    EXPECT_EQ(counts.ready, 1);
    EXPECT_EQ(counts.held, 1);
    EXPECT_EQ(counts.oldest_ready_ms, 200);
    EXPECT_EQ(store_->work_counts("none").value().ready, 0);
    EXPECT_EQ(store_->work_in("q", WorkState::held, 10).value().at(0).id, "a");
    EXPECT_EQ(store_->work_of("stream-c").value().at(0).id, "c");
}

TEST_F(StoreWork, OfADeadProcessIsDueAtOnceUnderAHigherFence) {
    add("leased", 100);
    auto dead = claim(100).items[0];
    add("waiting", 100);
    EXPECT_EQ(report(claim(100).items[0], WorkState::ready, 9'000), Outcome::committed);
    reopen();
    auto again = claim(101);
    ASSERT_EQ(again.items.size(), 1u) << "what waits for its next attempt goes on waiting";
    EXPECT_EQ(again.items[0].id, "leased");
    EXPECT_EQ(again.items[0].attempts, 2);
    EXPECT_EQ(report(dead, WorkState::done), Outcome::conflict);
    EXPECT_EQ(report(again.items[0], WorkState::done), Outcome::committed);
}

TEST_F(StoreWork, TellsWatchersOnceAtFirstAndAfterEveryTouch) {
    std::atomic<int> told = 0;
    auto watch = store_->watch("q", [&] { ++told; });
    EXPECT_EQ(told, 1);
    add("elsewhere", 1, "other");
    EXPECT_EQ(told, 1);
    add("a", 1);
    EXPECT_EQ(told, 2);
    watch.reset();
    add("b", 1);
    EXPECT_EQ(told, 2);
}

TEST_F(StoreWork, TellsWatchersOfACollection) {
    std::atomic<int> told = 0;
    auto watch = store_->watch("c", [&] { ++told; });
    commit(put("a", "1"));
    EXPECT_EQ(told, 2);
    EXPECT_EQ(commit(put("a", "1", 0)), Outcome::conflict);
    EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace headgate::store
