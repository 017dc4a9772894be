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
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        // co_spawn wants results that can be made from nothing; Result can't: the promise takes it instead.
        asio::co_spawn(context_.get_executor(), keep(std::move(task), promise), [](std::exception_ptr) {});
        return future.get();
    }
    // Runs a plain function there.
    template <class Function>
    auto call(Function function) {
        return run(call_as_task(std::move(function)));
    }

  private:
    template <class T>
    static Task<void> keep(Task<T> task, std::shared_ptr<std::promise<T>> promise) {
        try {
            if constexpr (std::is_void_v<T>) {
                co_await std::move(task);
                promise->set_value();
            } else {
                promise->set_value(co_await std::move(task));
            }
        } catch (...) {
            promise->set_exception(std::current_exception());
        }
    }
    template <class Function>
    static Task<std::invoke_result_t<Function>> call_as_task(Function function) {
        co_return function();
    }

    asio::io_context context_{1};
    asio::executor_work_guard<Executor> work_;
    std::jthread thread_;
};

}  // namespace headgate
