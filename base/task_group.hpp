// TaskGroup: background coroutines of one io_context that close and drain together; there is no bare `detached`.
#pragma once

#include <exception>
#include <functional>

#include "base/async.hpp"

namespace headgate {

// Lives on one io_context's thread. drain() must have completed before destruction.
class TaskGroup {
  public:
    // `on_bug` hears of exceptions that escape a task (they are caught once, here).
    TaskGroup(Executor executor, std::function<void(std::exception_ptr)> on_bug);
    ~TaskGroup();

    // False once closed: the work is not started.
    bool spawn(Task<void> task);
    // No new work from now on.
    void close() { closed_ = true; }
    // Completes when the last task has ended.
    Task<void> drain();
    std::size_t running() const { return running_; }

  private:
    Executor executor_;
    std::function<void(std::exception_ptr)> on_bug_;
    Timer idle_;
    std::size_t running_ = 0;
    bool closed_ = false;
};

}  // namespace headgate
