// IoThread: an io_context on a thread of its own, on which a test runs coroutines and waits for what they return.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <future>
#include <thread>

#include "base/async.hpp"

namespace headgate {

class IoThread {
  public:
    IoThread() : work_(context_.get_executor()), thread_([this] { context_.run(); }) {}
    // What runs on it must have ended.
    ~IoThread() {
        work_.reset();
        thread_.join();
    }

    asio::io_context& context() { return context_; }

    // Runs the coroutine there and returns what it returns, or throws what it throws.
    template <class T>
    T run(Task<T> task) {
        std::promise<T> promise;
        auto future = promise.get_future();
        asio::co_spawn(context_.get_executor(), std::move(task), [&](std::exception_ptr bug, auto... result) {
            if (bug)
                promise.set_exception(bug);
            else
                promise.set_value(std::move(result)...);
        });
        return future.get();
    }
    // Runs a plain function there.
    template <class Function>
    auto call(Function function) {
        return run(call_as_task(std::move(function)));
    }

  private:
    template <class Function>
    static Task<std::invoke_result_t<Function>> call_as_task(Function function) {
        co_return function();
    }

    asio::io_context context_{1};
    asio::executor_work_guard<Executor> work_;
    std::jthread thread_;
};

}  // namespace headgate
