// The tally's law: every eligible request is in exactly one bucket, at any time.
#include <gtest/gtest.h>

#include "shadow/mirror/metrics.hpp"
#include "tests/support/fake_sides.hpp"

namespace headgate {
namespace {

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

TEST_F(MirrorTest, ShowsTheTallyAsMetrics) {
    start();
    Metrics metrics;
    export_tally(metrics, *mirror, {operation().name});
    mirror->sampled_out(operation().name);
    EXPECT_NE(metrics.exposition().find(
                  R"(headgate_shadow_requests{operation="pricing.v1/getPrices",outcome="sampled-out"} 1)"),
              std::string::npos)
        << metrics.exposition();
}

}  // namespace
}  // namespace headgate
