// Mirroring beside a request: what is asked, dropped, failed and compared, each exactly once in the tally.
#include "shadow/mirror/mirror.hpp"

#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <condition_variable>
#include <thread>

#include "shadow/mirror/sampling.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_shape.hpp"

namespace headgate {
namespace {

using Ask = std::function<Task<ShadowAnswer>(const MirrorRequest&)>;

const Operation& operation() {
    static const Operation prices = [] {
        Operation op;
        op.name = "pricing.v1/getPrices";
        op.responses[200] = std::make_shared<FakeSchema>(prices_shape());
        return op;
    }();
    return prices;
}

ShadowAnswer answer(std::string body) { return {false, "", 200, std::move(body), 0}; }
ShadowAnswer failed(std::string why) { return {true, std::move(why), 0, "", 0}; }

Ask answering(ShadowAnswer with) {
    return [with](const MirrorRequest&) -> Task<ShadowAnswer> { co_return with; };
}
Ask hanging() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        Timer never(co_await asio::this_coro::executor, Timer::time_point::max());
        co_await never.async_wait(use_task);
        co_return ShadowAnswer{};
    };
}
Ask hanging_for_good() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        Timer never(co_await asio::this_coro::executor, Timer::time_point::max());
        co_await never.async_wait(use_task);
        co_return ShadowAnswer{};
    };
}
Ask throwing() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        throw std::runtime_error("a bug");
        co_return ShadowAnswer{};
    };
}
Ask slow(milliseconds span, ShadowAnswer with) {
    return [=](const MirrorRequest&) -> Task<ShadowAnswer> {
        Timer timer(co_await asio::this_coro::executor, span);
        co_await timer.async_wait(use_task);
        co_return with;
    };
}

MirrorRequest request(Ask ask, std::string message = "{}") {
    MirrorRequest made;
    made.operation = &operation();
    made.message = std::move(message);
    made.context.trace = begin_trace();
    made.ask = std::move(ask);
    return made;
}

// Waits for a condition that is bound to come.
template <class Condition>
bool eventually(Condition condition) {
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

class MirrorTest : public testing::Test {
  protected:
    void start(MirrorLimits limits = {}) { mirror.emplace(limits, book); }
    Tally tally() const { return mirror->tally(operation().name); }
    bool settled() {
        return eventually([&] { return tally().in_flight == 0; });
    }

    FindingBook book;
    std::optional<Mirror> mirror;
};

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
        auto ticket = mirror->begin(request(answering(answer("{}")), std::string(4000, 'x')));
        ASSERT_TRUE(ticket) << i;
        ticket->served(answer("{}"));
        ticket.reset();
        ASSERT_TRUE(settled());
        // The copy itself is freed on the asking thread, just after it has been accounted for.
        ASSERT_TRUE(eventually([&] {
            auto probe = mirror->begin(request(answering(failed("probe")), std::string(4000, 'x')));
            return probe != nullptr;
        }));
        ASSERT_TRUE(settled());
    }
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
    EXPECT_EQ(tally().compared, 2u);
    EXPECT_EQ(tally().in_flight, 0u);
    EXPECT_TRUE(tally().adds_up());
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

// Several workers against every kind of other side, a reader that never sees the tally out of balance, and a shut-down
// in the middle of it.
TEST_F(MirrorTest, AddsUpAtAnyTimeUnderLoadAndThroughShutdown) {
    for (bool shut_down_under_load : {false, true}) {
        mirror.reset();
        start({.queue = 50, .concurrency = 8, .bytes = 400'000, .compare_threads = 2});
        constexpr int workers = 3, each = 1500;
        std::atomic<bool> done{false};
        std::atomic<std::uint64_t> out_of_balance{0}, looks{0};
        std::thread reader([&] {
            while (!done) {
                if (!tally().adds_up()) ++out_of_balance;
                ++looks;
            }
        });
        std::vector<std::thread> threads;
        for (int w = 0; w < workers; ++w)
            threads.emplace_back([&, w] {
                std::vector<std::unique_ptr<MirrorTicket>> held;
                for (int i = 0; i < each; ++i) {
                    if (i % 5 == 0) {
                        mirror->sampled_out(operation().name);
                        continue;
                    }
                    Ask ask = i % 7 == 0    ? throwing()
                              : i % 11 == 0 ? hanging()
                              : i % 13 == 0 ? slow(milliseconds(1), answer("[1]"))
                              : i % 17 == 0 ? answering(failed("overloaded"))
                                            : answering(answer("[1,2]"));
                    auto made = request(std::move(ask), std::string(static_cast<std::size_t>(i), 'x'));
                    made.deadline = milliseconds(2);
                    made.candidate_serves = w == 0;
                    auto ticket = mirror->begin(std::move(made));
                    if (ticket && i % 3 == 0)
                        held.push_back(std::move(ticket));
                    else if (ticket)
                        ticket->served(i % 19 == 0 ? failed("system-fault") : answer("[1]"));
                    if (held.size() > 16) held.erase(held.begin());
                }
            });
        if (shut_down_under_load) {
            eventually([&] { return tally().eligible > 500; });
            mirror->shut_down(milliseconds(1));
        }
        for (auto& thread : threads) thread.join();
        mirror->shut_down();
        done = true;
        reader.join();
        EXPECT_EQ(out_of_balance, 0u);
        EXPECT_GT(looks, 0u);
        EXPECT_EQ(tally().eligible, static_cast<std::uint64_t>(workers * each));
        EXPECT_EQ(tally().in_flight, 0u);
        EXPECT_TRUE(tally().adds_up());
        if (!shut_down_under_load) {
            EXPECT_GT(tally().compared, 0u);
            EXPECT_GT(tally().failed_shadow, 0u);
        }
    }
}

TEST(Sampling, IsStickyMonotoneAndWrittenDown) {
    std::size_t in = 0, in_more = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string key = "customer-" + std::to_string(i);
        bool quarter = sampled(250'000, "pricing.v1/getPrices", key),
             half = sampled(500'000, "pricing.v1/getPrices", key);
        EXPECT_TRUE(!quarter || half);
        in += quarter;
        in_more += half;
        EXPECT_FALSE(sampled(0, "a", key));
        EXPECT_TRUE(sampled(1'000'000, "a", key));
    }
    EXPECT_NEAR(static_cast<double>(in), 25'000, 600);
    EXPECT_NEAR(static_cast<double>(in_more), 50'000, 700);
    static_assert(fnv1a("a") == 0xaf63dc4c8601ec8cu);  // the published value
    static_assert(mix(1) == 0x5692161d100b05e5u);      // as of SplitMix64's finaliser
}

}  // namespace
}  // namespace headgate
