// Periodic: background work of one io_context that is done again and again, with a pause between two rounds.
#pragma once

#include <functional>

#include "base/clock.hpp"
#include "base/task_group.hpp"

namespace headgate {

// Lives on one io_context's thread. drain() must have completed before destruction, if it was started.
class Periodic {
  public:
    // `round` is asked for a coroutine each time; `on_bug` hears of exceptions that escape it, which end the work.
    Periodic(Executor executor, milliseconds pause, std::function<Task<void>()> round,
             std::function<void(std::exception_ptr)> on_bug);

    void start();
    // Completes when the round that runs has ended.
    Task<void> drain();

  private:
    Task<void> loop();

    const milliseconds pause_;
    std::function<Task<void>()> round_;
    TaskGroup loop_;
    Timer timer_;
    bool stopping_ = false;
};

}  // namespace headgate
