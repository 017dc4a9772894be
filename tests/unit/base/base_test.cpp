#include <gtest/gtest.h>

#include <thread>

#include "base/blocking_pool.hpp"
#include "base/bounded_queue.hpp"
#include "base/deadline.hpp"
#include "base/diagnostics.hpp"
#include "base/http_client.hpp"
#include "base/telemetry/metrics.hpp"
#include "base/timestamp.hpp"
#include "tests/support/fake_clock.hpp"

namespace headgate {
namespace {

TEST(Deadline, ExpiresWhenItsTimeHasCome) {
    FakeClock clock;
    auto deadline = Deadline::in(milliseconds(10), clock);
    EXPECT_FALSE(deadline.expired(clock));
    clock.advance(milliseconds(9));
    EXPECT_EQ(deadline.remaining(clock), milliseconds(1));
    clock.advance(milliseconds(1));
    EXPECT_TRUE(deadline.expired(clock));
    EXPECT_EQ(deadline.remaining(clock), milliseconds(0));
}

TEST(Deadline, WithinTakesTheSooner) {
    FakeClock clock;
    auto late = Deadline::in(milliseconds(100), clock), soon = Deadline::in(milliseconds(5), clock);
    EXPECT_EQ(late.within(soon).when(), soon.when());
    EXPECT_EQ(Deadline::never().within(late).when(), late.when());
}

TEST(BoundedQueue, RefusesAtItsBoundAndDrainsAfterClose) {
    BoundedQueue<int> queue(2);
    EXPECT_TRUE(queue.try_push(1));
    EXPECT_TRUE(queue.try_push(2));
    EXPECT_FALSE(queue.try_push(3));
    queue.close();
    EXPECT_FALSE(queue.try_push(4));
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), 2);
    EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BlockingPool, RunsWhatItAcceptedBeforeItJoins) {
    std::atomic<int> ran = 0;
    int accepted = 0;
    {
        BlockingPool pool(2, 100);
        for (int i = 0; i < 50; ++i) accepted += pool.try_submit([&] { ++ran; }) ? 1 : 0;
    }
    EXPECT_EQ(accepted, 50);
    EXPECT_EQ(ran, 50);
}

TEST(Diagnostics, PrintsEachFaultWithItsPlaceInOrder) {
    Diagnostics diagnostics;
    diagnostics.error({"b.yaml", 9, 1}, "later");
    diagnostics.warning({"a.yaml", 2, 3}, "first", "a hint");
    EXPECT_EQ(diagnostics.text(), "a.yaml:2:3: warning: first (a hint)\nb.yaml:9:1: error: later\n");
    EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, FindsTheNearestKnownWord) {
    EXPECT_EQ(nearest("deadlin_ms", {"deadline_ms", "url", "wsdl"}), "deadline_ms");
    EXPECT_EQ(nearest("entirely", {"url", "wsdl"}), "");
}

TEST(HttpUrl, ReadsHostPortAndPath) {
    auto url = parse_http_url("http://[::1]:7001/shop");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin.host, "::1");
    EXPECT_EQ(url->origin.port, "7001");
    EXPECT_EQ(url->origin.host_header, "[::1]:7001");
    EXPECT_EQ(url->path, "/shop");
    EXPECT_EQ(parse_http_url("http://shop")->origin.port, "80");
}

TEST(HttpUrl, RefusesWhatItCannotUse) {
    for (std::string_view bad : {"https://x", "http://", "http://u@h/", "http://h:0/", "http://h:70000/", "http://h:x/",
                                 "http://h/?q", "http://[::1", "http://[::1]x"})
        EXPECT_FALSE(parse_http_url(bad)) << bad;
}

TEST(Timestamp, IsRfc3339InUtc) {
    FakeClock clock;
    clock.advance(milliseconds(7));
    EXPECT_EQ(rfc3339(clock.wall_now()), "2026-11-23T09:15:01.007Z");
}

TEST(Metrics, ShowsCountersWithLabels) {
    Metrics metrics;
    auto counter = metrics.counter("headgate_requests_total", "Requests", {{"operation", "a"}});
    counter.add();
    counter.add(2);
    EXPECT_NE(metrics.exposition().find("headgate_requests_total{operation=\"a\"} 3"), std::string::npos);
}

}  // namespace
}  // namespace headgate
