// Runs a Task to its end on an io_context of the calling thread: how a plain test calls a coroutine.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <optional>

#include "base/async.hpp"

namespace headgate {

template <class T>
Task<void> keep_result(Task<T> task, std::optional<T>* out) {
    out->emplace(co_await std::move(task));
}

inline void await_done(asio::io_context& io, Task<void> task) {
    std::exception_ptr bug;
    bool ended = false;
    asio::co_spawn(io, std::move(task), [&](std::exception_ptr e) { bug = e, ended = true; });
    io.restart();
    while (!ended && io.run_one() > 0) {
    }
    if (bug) std::rethrow_exception(bug);
}

template <class T>
T await(asio::io_context& io, Task<T> task) {
    std::optional<T> out;
    await_done(io, keep_result(std::move(task), &out));
    return std::move(out).value();
}

}  // namespace headgate
