// Fake other sides for a mirror, from answering to hanging for good, and the fixture that awaits their outcome.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <optional>
#include <thread>

#include "shadow/mirror/mirror.hpp"
#include "tests/support/fake_shape.hpp"

namespace headgate {

using Ask = std::function<Task<ShadowAnswer>(const MirrorRequest&)>;

inline const Operation& operation() {
    static const Operation prices = [] {
        Operation op;
        op.name = "pricing.v1/getPrices";
        op.responses[200].contents.push_back({"application/json", std::make_shared<FakeSchema>(prices_shape())});
        return op;
    }();
    return prices;
}

inline ShadowAnswer answer(std::string body) { return {false, "", 200, std::move(body), 0}; }
inline ShadowAnswer failed(std::string why) { return {true, std::move(why), 0, "", 0}; }

inline Ask answering(ShadowAnswer with) {
    return [with](const MirrorRequest&) -> Task<ShadowAnswer> { co_return with; };
}
inline Ask hanging() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        Timer never(co_await asio::this_coro::executor, Timer::time_point::max());
        co_await never.async_wait(use_task);
        co_return ShadowAnswer{};
    };
}
inline Ask hanging_for_good() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        Timer never(co_await asio::this_coro::executor, Timer::time_point::max());
        co_await never.async_wait(use_task);
        co_return ShadowAnswer{};
    };
}
inline Ask throwing() {
    return [](const MirrorRequest&) -> Task<ShadowAnswer> {
        throw std::runtime_error("a bug");
        co_return ShadowAnswer{};
    };
}
inline Ask slow(milliseconds span, ShadowAnswer with) {
    return [=](const MirrorRequest&) -> Task<ShadowAnswer> {
        Timer timer(co_await asio::this_coro::executor, span);
        co_await timer.async_wait(use_task);
        co_return with;
    };
}

inline MirrorRequest request(Ask ask, std::string message = "{}") {
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

}  // namespace headgate
