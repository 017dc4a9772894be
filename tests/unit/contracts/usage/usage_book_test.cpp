// The book adds up what the workers record, keeps builds within bounds, and loses and invents nothing.
#include "contracts/usage/usage_book.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "contracts/document/json.hpp"
#include "tests/support/contracts.hpp"
#include "tests/support/fake_clock.hpp"

namespace headgate {
namespace {

using test::TestContract;

class UsageBookTest : public testing::Test {
  protected:
    void call(UsageRecorder& recorder, std::string_view caller, std::string_view build, const char* json) {
        Arena arena;
        Builder builder(arena);
        Value message = json ? *read_json(json, builder) : Value();
        recorder.record(fields, caller, build, json ? &message : nullptr, clock.wall_now());
    }
    // "caller build calls/refused /field=n ...", a line each.
    static std::string text(UsageBook& book) {
        std::string out;
        for (const auto& [key, usage] : book.usage()) {
            out +=
                key.caller + " " + key.build + " " + std::to_string(usage.calls) + "/" + std::to_string(usage.refused);
            for (const auto& [path, count] : usage.fields) out += " " + path + "=" + std::to_string(count);
            out += "\n";
        }
        return out;
    }
    static std::vector<UsageRecord> applied(std::map<UsageKey, UsageRecord>& kept, const UsageBook::Changes& changes) {
        for (const auto& record : changes.puts) kept[record.key] = record;
        for (const auto& key : changes.erases) kept.erase(key);
        std::vector<UsageRecord> out;
        for (const auto& [key, record] : kept) out.push_back(record);
        return out;
    }

    TestContract contract{"{ type: object, properties: { a: {}, b: {} } }"};
    TestContract narrower{"{ type: object, properties: { a: {} } }"};
    std::shared_ptr<const FieldIndex> fields = std::make_shared<const FieldIndex>(contract.operation());
    FakeClock clock;
};

TEST_F(UsageBookTest, CountsByCallerAndBuildOverAllWorkers) {
    UsageBook book;
    auto one = book.recorder(), two = book.recorder();
    call(*one, "app", "1.0", R"({"a":1})");
    call(*two, "app", "1.0", R"({"a":1,"b":2})");
    call(*one, "app", "2.0", "{}");
    call(*one, "app", "2.0", nullptr);
    call(*two, "web", "unknown", R"({"b":2})");
    EXPECT_EQ(text(book), "app 1.0 2/0 /a=2 /b=1\napp 2.0 2/1\nweb unknown 1/0 /b=1\n");
    EXPECT_EQ(text(book), "app 1.0 2/0 /a=2 /b=1\napp 2.0 2/1\nweb unknown 1/0 /b=1\n") << "reading changes nothing";
}

TEST_F(UsageBookTest, TellsWhenACallerWasFirstAndLastSeen) {
    UsageBook book;
    auto recorder = book.recorder();
    auto first = clock.wall_now();
    call(*recorder, "app", "1.0", "{}");
    book.collect();
    clock.advance(milliseconds(5'000));
    call(*recorder, "app", "1.0", "{}");
    auto usage = book.usage();
    ASSERT_EQ(usage.size(), 1u);
    EXPECT_EQ(usage[0].usage.first_seen, first);
    EXPECT_EQ(usage[0].usage.last_seen, clock.wall_now());
}

TEST_F(UsageBookTest, BuildsAboveTheBoundAreCountedAsOther) {
    UsageBook book({}, {2, std::chrono::hours(1)});
    auto recorder = book.recorder();
    for (auto build : {"1.0", "2.0", "3.0", "4.0", "unknown", "1.0"}) call(*recorder, "app", build, R"({"a":1})");
    call(*recorder, "web", "3.0", "{}");
    EXPECT_EQ(text(book),
              "app 1.0 2/0 /a=2\napp 2.0 1/0 /a=1\napp other 2/0 /a=2\napp unknown 1/0 /a=1\nweb 3.0 1/0\n");
}

TEST_F(UsageBookTest, ABuildThatWasNotSeenForLongGivesItsPlaceToANewOne) {
    UsageBook book({}, {2, std::chrono::hours(1)});
    auto recorder = book.recorder();
    std::map<UsageKey, UsageRecord> kept;
    call(*recorder, "app", "1.0", R"({"a":1})");
    clock.advance(std::chrono::minutes(50));
    call(*recorder, "app", "2.0", "{}");
    applied(kept, book.take_changes());
    clock.advance(std::chrono::minutes(20));
    call(*recorder, "app", "3.0", R"({"b":1})");
    std::string expected = "app 2.0 1/0\napp 3.0 1/0 /b=1\napp other 1/0 /a=1\n";
    EXPECT_EQ(text(book), expected);
    UsageBook restarted({}, {2, std::chrono::hours(1)});
    for (const auto& record : applied(kept, book.take_changes())) restarted.restore(record);
    EXPECT_EQ(text(restarted), expected) << "what the store was told is the same";
    // The old one comes back while both places are taken.
    call(*recorder, "app", "1.0", "{}");
    EXPECT_EQ(text(book), "app 2.0 1/0\napp 3.0 1/0 /b=1\napp other 2/0 /a=1\n");
}

TEST_F(UsageBookTest, AFloodOfBuildsBetweenTwoTakesIsBounded) {
    UsageRecorder recorder;
    for (std::size_t i = 0; i < 3 * UsageRecorder::most_rows; ++i) call(recorder, "app", std::to_string(i), "{}");
    auto rows = recorder.take();
    EXPECT_EQ(rows.size(), UsageRecorder::most_rows + 1);
    std::uint64_t calls = 0;
    for (const auto& row : rows) calls += row->calls;
    EXPECT_EQ(calls, 3 * UsageRecorder::most_rows);
    EXPECT_TRUE(recorder.take().empty());
}

TEST_F(UsageBookTest, GoesOnFromWhatWasKept) {
    std::map<UsageKey, UsageRecord> kept;
    {
        UsageBook book;
        call(*book.recorder(), "app", "1.0", R"({"a":1})");
        applied(kept, book.take_changes());
        EXPECT_TRUE(book.take_changes().empty());
    }
    UsageBook book;
    for (const auto& [key, record] : kept) book.restore(record);
    EXPECT_TRUE(book.take_changes().empty());
    call(*book.recorder(), "app", "1.0", R"({"a":1,"b":1})");
    EXPECT_EQ(text(book), "app 1.0 2/0 /a=2 /b=1\n");
    auto changes = book.take_changes();
    ASSERT_EQ(changes.puts.size(), 1u);
    EXPECT_EQ(changes.puts[0].usage.calls, 2u);
}

TEST_F(UsageBookTest, WhatCouldNotBeKeptComesAgain) {
    UsageBook book({}, {1, std::chrono::hours(1)});
    auto recorder = book.recorder();
    call(*recorder, "app", "1.0", "{}");
    book.give_back(book.take_changes());
    EXPECT_EQ(book.take_changes().puts.size(), 1u);
    clock.advance(std::chrono::hours(2));
    call(*recorder, "app", "2.0", "{}");
    auto changes = book.take_changes();
    ASSERT_EQ(changes.erases.size(), 1u);
    EXPECT_EQ(changes.erases[0].build, "1.0");
    book.give_back(changes);
    auto again = book.take_changes();
    EXPECT_EQ(again.puts.size(), changes.puts.size());
    ASSERT_EQ(again.erases.size(), 1u);
    EXPECT_EQ(again.erases[0].build, "1.0");
}

TEST_F(UsageBookTest, ForgetsFieldsThatTheContractNoLongerHas) {
    UsageBook book;
    auto recorder = book.recorder();
    book.publish(fields);
    call(*recorder, "app", "1.0", R"({"a":1,"b":1})");
    book.collect();
    book.take_changes();
    book.publish(std::make_shared<const FieldIndex>(narrower.operation()));
    EXPECT_EQ(text(book), "app 1.0 1/0 /a=1\n");
    EXPECT_EQ(book.take_changes().puts.size(), 1u) << "the store hears of it";
    // An exchange that began before the reload.
    call(*recorder, "app", "1.0", R"({"a":1,"b":1})");
    EXPECT_EQ(text(book), "app 1.0 2/0 /a=2\n");
}

TEST_F(UsageBookTest, TellsEachIncrementOnce) {
    std::map<std::string, std::uint64_t> told;
    UsageBook book([&](const UsageKey& key, std::uint64_t calls) { told[key.caller + " " + key.build] += calls; });
    book.restore({{"test.v1/postThing", "app", "1.0"}, {100, 0, clock.wall_now(), clock.wall_now(), {}}});
    auto recorder = book.recorder();
    for (int i = 0; i < 3; ++i) call(*recorder, "app", "1.0", "{}");
    book.collect();
    call(*recorder, "web", "2.0", nullptr);
    book.usage();
    book.take_changes();
    EXPECT_EQ(told, (std::map<std::string, std::uint64_t>{{"app 1.0", 3}, {"web 2.0", 1}}));
}

TEST_F(UsageBookTest, NothingIsLostWhileWorkersRecordAndOthersRead) {
    UsageBook book;
    constexpr int workers = 4, calls = 5000;
    std::vector<std::jthread> threads;
    for (int worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, recorder = book.recorder(), worker] {
            for (int i = 0; i < calls; ++i)
                call(*recorder, "app", worker % 2 == 0 ? "1.0" : "2.0", i % 2 == 0 ? R"({"a":1})" : "{}");
        });
    std::uint64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        std::uint64_t sum = 0;
        for (const auto& record : book.usage()) sum += record.usage.calls;
        EXPECT_GE(sum, last);
        last = sum;
    }
    threads.clear();
    EXPECT_EQ(text(book), "app 1.0 10000/0 /a=5000\napp 2.0 10000/0 /a=5000\n");
}

}  // namespace
}  // namespace headgate
