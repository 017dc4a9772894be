// Bounds of the mirror: what is asked at once, what waits, the bytes held, the pairs that wait for comparing.
#include <gtest/gtest.h>

#include <condition_variable>

#include "tests/support/fake_sides.hpp"

namespace headgate {
namespace {

TEST_F(MirrorTest, BoundsWhatIsAskedAtOnceAndWhatWaits) {
    start({.queue = 2, .concurrency = 1});
    std::atomic<int> asked{0};
    auto counting = [&](const MirrorRequest& r) -> Task<ShadowAnswer> {
        ++asked;
        auto hang = hanging();
        co_return co_await hang(r);
    };
    std::vector<std::unique_ptr<MirrorTicket>> tickets;
    tickets.push_back(mirror->begin(request(counting)));
    ASSERT_TRUE(eventually([&] { return asked == 1; }));
    tickets.push_back(mirror->begin(request(counting)));
    tickets.push_back(mirror->begin(request(counting)));
    EXPECT_FALSE(mirror->begin(request(counting)));
    EXPECT_FALSE(mirror->begin(request(counting)));
    EXPECT_EQ(tally(), (Tally{.eligible = 5, .in_flight = 3, .dropped_queue_full = 2}));
    mirror->shut_down(milliseconds(0));
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(tally(), (Tally{.eligible = 5, .dropped_queue_full = 2, .dropped_stopped = 3}));
}

TEST_F(MirrorTest, BoundsTheBytesItHolds) {
    start({.bytes = 4000});
    auto first = mirror->begin(request(hanging(), std::string(2000, 'x')));
    ASSERT_TRUE(first);
    EXPECT_FALSE(mirror->begin(request(hanging(), std::string(2000, 'x'))));
    EXPECT_EQ(tally().dropped_bytes, 1u);
    first->served(answer(std::string(2000, 'x')));
    ASSERT_TRUE(settled());
    EXPECT_EQ(tally(), (Tally{.eligible = 2, .dropped_bytes = 2}));
}

TEST_F(MirrorTest, GivesTheBytesBack) {
    start({.bytes = 8000});
    for (int i = 0; i < 50; ++i) {
        std::unique_ptr<MirrorTicket> ticket;
        // A copy is freed on the asking thread, just after it has been accounted for.
        ASSERT_TRUE(eventually([&] {
            ticket = mirror->begin(request(answering(answer("{}")), std::string(4000, 'x')));
            return ticket != nullptr;
        })) << i;
        ticket->served(answer("{}"));
    }
    ASSERT_TRUE(settled());
    EXPECT_TRUE(tally().adds_up());
    EXPECT_EQ(tally().compared, 50u);
}

// Stands in for a comparing thread that has been preempted.
class GateClock final : public Clock {
  public:
    SteadyTime steady_now() const override { return {}; }
    WallTime wall_now() const override {
        std::unique_lock lock(mutex_);
        ++entered_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
        return {};
    }
    void await_entry() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return entered_ > 0; });
    }
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    mutable int entered_ = 0;
    bool open_ = false;
};

TEST(Mirror, DropsPairsThatComparingCannotKeepUpWithAndCountsThem) {
    GateClock gate;
    FindingBook book(gate);
    Mirror mirror({.queue = 1, .concurrency = 8}, book);
    auto tally = [&] { return mirror.tally(operation().name); };
    mirror.begin(request(answering(answer("[1]"))))->served(answer("[2]"));
    gate.await_entry();
    mirror.begin(request(answering(answer("[1]"))))->served(answer("[2]"));
    std::uint64_t begun = 2;
    ASSERT_TRUE(eventually([&] {
        if (auto ticket = mirror.begin(request(answering(answer("[1]"))))) ticket->served(answer("[2]"));
        ++begun;
        return tally().dropped_compare_full >= 2;
    }));
    EXPECT_TRUE(tally().adds_up());
    gate.open();
    mirror.shut_down();
    EXPECT_EQ(tally().eligible, begun);
    EXPECT_GE(tally().compared, 2u);  // a late pair may find room once the gate is open
    EXPECT_EQ(tally().in_flight, 0u);
    EXPECT_TRUE(tally().adds_up());
}

}  // namespace
}  // namespace headgate
