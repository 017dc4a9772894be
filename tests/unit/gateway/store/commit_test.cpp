// Commits: all or nothing, conditions, revisions, events and audit.
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

class StoreCommit : public StoreTest {};

TEST_F(StoreCommit, IsReadBackAfterReopening) {
    Commit what = put("a", R"({"x":"ä 10.10"})");
    what.puts[0].due_ms = 5;
    what.events.push_back({0, "stream", "made", 7, "{}"});
    what.audit.push_back({0, 9, "lead", "route.set", "because", R"({"share":10})"});
    EXPECT_EQ(commit(what), Outcome::committed);
    reopen();
    auto record = find("a");
    ASSERT_TRUE(record);
    EXPECT_EQ(record->payload, R"({"x":"ä 10.10"})");
    EXPECT_EQ(record->due_ms, 5);
    auto events = store_->events("stream", 0, 10).value();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].kind, "made");
    EXPECT_EQ(events[0].at_ms, 7);
    auto audit = store_->audit("route.set", 0, 10).value();
    ASSERT_EQ(audit.size(), 1u);
    EXPECT_EQ(audit[0].who, "lead");
    EXPECT_EQ(audit[0].why, "because");
    EXPECT_EQ(audit[0].detail, R"({"share":10})");
    EXPECT_TRUE(store_->audit("other", 0, 10).value().empty());
}

TEST_F(StoreCommit, ConflictsWhereTheRowMustBeAbsentAndIsNot) {
    EXPECT_EQ(commit(put("a", "1", 0)), Outcome::committed);
    EXPECT_EQ(commit(put("a", "2", 0)), Outcome::conflict);
    EXPECT_EQ(find("a")->payload, "1");
}

TEST_F(StoreCommit, ConflictsOnAnotherRevision) {
    commit(put("a", "1"));
    const auto first = find("a")->revision;
    EXPECT_EQ(commit(put("a", "2", first)), Outcome::committed);
    EXPECT_EQ(commit(put("a", "3", first)), Outcome::conflict);
    EXPECT_GT(find("a")->revision, first);
}

TEST_F(StoreCommit, NeverUsesARevisionTwiceEvenForARowMadeAnew) {
    commit(put("a", "1"));
    const auto before = find("a")->revision;
    Commit erase;
    erase.erases.push_back({"c", "a"});
    commit(erase);
    EXPECT_FALSE(find("a"));
    reopen();
    commit(put("a", "2"));
    EXPECT_GT(find("a")->revision, before);
    EXPECT_EQ(commit(put("a", "3", before)), Outcome::conflict);
}

TEST_F(StoreCommit, LeavesNothingBehindWhenOneConditionFails) {
    commit(put("taken", "1"));
    Commit what = put("new", "1");
    what.conditions.push_back({"c", "taken", 0});
    what.events.push_back({0, "s", "k", 0, "{}"});
    what.work.push_back({"w", "q", "s", "k"});
    what.audit.push_back({0, 0, "who", "what", "why", "{}"});
    EXPECT_EQ(commit(what), Outcome::conflict);
    EXPECT_FALSE(find("new"));
    EXPECT_TRUE(store_->events("", 0, 10).value().empty());
    EXPECT_FALSE(store_->work("w").value());
    EXPECT_TRUE(store_->audit("", 0, 10).value().empty());
}

TEST_F(StoreCommit, IsAConflictWhenItAddsOneWorkItemTwice) {
    Commit what = put("new", "1");
    what.work.push_back({"same", "q", "s", "k"});
    what.work.push_back({"same", "q", "s", "k"});
    EXPECT_EQ(commit(what), Outcome::conflict);
    EXPECT_FALSE(find("new"));
    EXPECT_EQ(commit(put("after", "1")), Outcome::committed);
}

TEST_F(StoreCommit, AConflictInABatchDoesNotHarmItsNeighbours) {
    auto options = small_store(folder_.file("state.db"));
    options.gather = std::chrono::milliseconds(200);
    open(options);
    std::atomic<int> committed = 0, conflicts = 0, ended = 0;
    for (int i = 0; i < 30; ++i) {
        // Every third one wants a row that the first of them makes.
        const bool wants_same = i % 3 == 0;
        Commit what = put(wants_same ? "same" : "k" + std::to_string(i), std::to_string(i), 0);
        what.events.push_back({0, "s", "k", i, "{}"});
        store_->submit(std::move(what), [&](Result<CommitResult> result) {
            if (result.ok() && result->outcome == Outcome::committed) ++committed;
            if (result.ok() && result->outcome == Outcome::conflict) ++conflicts;
            if (++ended == 30) ended.notify_all();
        });
    }
    for (int seen = ended; seen < 30; seen = ended) ended.wait(seen);
    EXPECT_EQ(committed, 21);
    EXPECT_EQ(conflicts, 9);
    EXPECT_EQ(store_->count("c", false).value(), 21);
    EXPECT_EQ(store_->events("s", 0, 100).value().size(), 21u);
    EXPECT_EQ(find("same")->payload, "0");
}

TEST_F(StoreCommit, RefusesWhatExceedsItsQueueAndTakesNoEffect) {
    auto options = small_store(folder_.file("state.db"));
    options.queue = 2;
    options.gather = std::chrono::milliseconds(100);
    open(options);
    std::atomic<int> overloaded = 0, committed = 0, ended = 0;
    for (int i = 0; i < 20; ++i)
        store_->submit(put(std::to_string(i), "1"), [&](Result<CommitResult> result) {
            if (result.ok())
                ++committed;
            else if (result.error().kind == ErrorKind::overloaded)
                ++overloaded;
            if (++ended == 20) ended.notify_all();
        });
    for (int seen = ended; seen < 20; seen = ended) ended.wait(seen);
    EXPECT_GT(overloaded, 0);
    EXPECT_EQ(committed + overloaded, 20);
    EXPECT_EQ(store_->count("c", false).value(), committed);
}

TEST_F(StoreCommit, AfterCloseFailsClearly) {
    store_->close();
    EXPECT_FALSE(store_->commit(put("a", "1")).ok());
}

TEST_F(StoreCommit, ListsByKeyByRecencyAndByDueTime) {
    for (int i = 0; i < 5; ++i) {
        Commit what = put("k" + std::to_string(i), "1");
        if (i > 1) what.puts[0].due_ms = 100 - i;
        commit(what);
    }
    auto keys = [](const std::vector<Record>& records) {
        std::string all;
        for (const auto& r : records) all += r.key + " ";
        return all;
    };
    EXPECT_EQ(keys(store_->list("c", "k1", 2).value()), "k2 k3 ");
    auto newest = store_->recent("c", 0, 2).value();
    EXPECT_EQ(keys(newest), "k4 k3 ");
    EXPECT_EQ(keys(store_->recent("c", newest.back().revision, 10).value()), "k2 k1 k0 ");
    EXPECT_EQ(keys(store_->due("c", 97, 10).value()), "k4 k3 ");
    EXPECT_EQ(store_->count("c", true).value(), 3);
    EXPECT_TRUE(store_->list("nothing", "", 10).value().empty());
}

}  // namespace
}  // namespace headgate::store
