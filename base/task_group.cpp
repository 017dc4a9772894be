#include "base/task_group.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cassert>

namespace headgate {

TaskGroup::TaskGroup(Executor executor, std::function<void(std::exception_ptr)> on_bug)
    : executor_(executor), on_bug_(std::move(on_bug)), idle_(executor) {}

TaskGroup::~TaskGroup() { assert(running_ == 0); }

bool TaskGroup::spawn(Task<void> task) {
    if (closed_) return false;
    ++running_;
    asio::co_spawn(executor_, std::move(task), [this](std::exception_ptr bug) {
        if (bug) on_bug_(bug);
        if (--running_ == 0) idle_.cancel();
    });
    return true;
}

Task<void> TaskGroup::drain() {
    boost::system::error_code ignored;
    while (running_ > 0) {
        idle_.expires_at(Timer::time_point::max());
        co_await idle_.async_wait(asio::redirect_error(use_task, ignored));
    }
}

}  // namespace headgate
