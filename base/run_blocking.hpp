// run_blocking: awaits a blocking function on a pool, but no longer than the deadline. The function and its result are
// owned by the call itself: one that outlives its deadline still runs to its end, touching nothing of the exchange.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/async.hpp"
#include "base/blocking_pool.hpp"
#include "base/deadline.hpp"
#include "base/result.hpp"

namespace headgate {

// `work` is copied into the call and returns Result<T>; it must own (by value or shared_ptr) all that it touches.
// Fails with overloaded (pool full) or deadline_exceeded; `on_late` runs, on the awaiting thread, when the deadline
// passes first (an ODBC call cancels its statement there).
template <class T>
Task<Result<T>> run_blocking(BlockingPool& pool, Deadline deadline, std::function<Result<T>()> work,
                             std::function<void()> on_late = {}) {
    struct State {
        explicit State(const Executor& ex) : timer(ex) {}
        Timer timer;  // touched by the awaiting thread only
        std::optional<Result<T>> result;
    };
    auto executor = co_await asio::this_coro::executor;
    auto state = std::make_shared<State>(executor);
    state->timer.expires_at(deadline.when());
    bool accepted = pool.try_submit([executor, state, work = std::move(work)]() mutable {
        Result<T> result = work();
        work = nullptr;
        asio::post(executor, [state = std::move(state), result = std::move(result)]() mutable {
            state->result = std::move(result);
            state->timer.cancel();
        });
    });
    if (!accepted) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
    boost::system::error_code ignored;
    if (!state->result) co_await state->timer.async_wait(asio::redirect_error(use_task, ignored));
    if (state->result) co_return std::move(*state->result);
    if (on_late) on_late();
    co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
}

}  // namespace headgate
