// How many durable commits a second, and how long each takes: prints, judges nothing, so it runs only when asked for:
// gateway_store_test --gtest_also_run_disabled_tests --gtest_filter='*Throughput*'
#include <thread>

#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

Commit captured_order(const std::string& key, const std::string& body) {
    Commit what;
    what.conditions.push_back({"order", key, 0});
    what.puts.push_back({"order", key, body, {}});
    what.puts.push_back({"order-intent", key, R"({"state":"committed"})", {}});
    what.events.push_back({0, key, "order-captured", 1, "{}"});
    for (const char* step : {"/shop", "/warehouse"})
        what.work.push_back({key + step, "order-steps", key, step, WorkState::ready, 1, 1});
    return what;
}

void measure(std::size_t callers, const SqliteOptions& options) {
    auto store = open_sqlite_store(options).value();
    const std::string body(900, 'x');
    std::vector<std::vector<double>> times(callers);
    std::vector<std::thread> threads;
    const auto begin = std::chrono::steady_clock::now(), end = begin + std::chrono::seconds(5);
    for (std::size_t t = 0; t < callers; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                const auto before = std::chrono::steady_clock::now();
                if (before >= end) return;
                const std::string key =
                    std::to_string(i * 7919 % 100'000) + "-" + std::to_string(t) + "-" + std::to_string(i);
                EXPECT_EQ(store->commit(captured_order(key, body)).value().outcome, Outcome::committed);
                times[t].push_back(
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
            }
        });
    for (auto& thread : threads) thread.join();
    std::vector<double> all;
    for (const auto& some : times) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    std::printf("%3zu callers, checkpoint at %5d pages: %6.0f commits/s, p50 %.2f ms, p99 %.2f ms\n", callers,
                options.checkpoint_pages, static_cast<double>(all.size()) / 5, all[all.size() / 2],
                all[all.size() * 99 / 100]);
}

TEST(DISABLED_StoreThroughput, OfDurableCommits) {
    for (int pages : {2'000, 7'000})
        for (std::size_t callers : {1, 16}) {
            TempFolder folder;
            SqliteOptions options;
            options.file = folder.file("state.db");
            options.checkpoint_pages = pages;
            measure(callers, options);
        }
}

}  // namespace
}  // namespace headgate::store
