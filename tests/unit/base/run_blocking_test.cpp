#include "base/run_blocking.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <future>

#include "base/task_group.hpp"

namespace headgate {
namespace {

Task<void> call(BlockingPool& pool, Deadline deadline, std::function<Result<int>()> work, std::function<void()> on_late,
                std::optional<Result<int>>& out) {
    out = co_await run_blocking<int>(pool, deadline, std::move(work), std::move(on_late));
}

class RunBlocking : public ::testing::Test {
  protected:
    void run(Deadline deadline, std::function<Result<int>()> work, std::function<void()> on_late = {}) {
        TaskGroup tasks(context_.get_executor(), [](std::exception_ptr) { FAIL() << "an exception escaped"; });
        tasks.spawn(call(pool_, deadline, std::move(work), std::move(on_late), result_));
        context_.restart();
        context_.run();
    }
    asio::io_context context_{1};
    BlockingPool pool_{1, 0};
    std::optional<Result<int>> result_;
};

TEST_F(RunBlocking, GivesTheResult) {
    run(Deadline::in(std::chrono::minutes(1)), [] { return Result<int>(7); });
    ASSERT_TRUE(result_ && result_->ok());
    EXPECT_EQ(**result_, 7);
}

TEST_F(RunBlocking, ALateCallOutlivesItsDeadlineAndTouchesNothing) {
    std::promise<void> release;
    auto released = release.get_future().share();
    bool late = false;
    run(
        Deadline::in(milliseconds(5)),
        [released] {
            released.wait();
            return Result<int>(1);
        },
        [&] {
            late = true;
            release.set_value();
        });
    ASSERT_TRUE(result_);
    ASSERT_FALSE(result_->ok());
    EXPECT_EQ(result_->error().kind, ErrorKind::deadline_exceeded);
    EXPECT_TRUE(late);
    pool_.join();
}

TEST_F(RunBlocking, IsRefusedWhenTheBulkheadIsFull) {
    std::promise<void> release;
    auto released = release.get_future().share();
    std::promise<void> began;
    ASSERT_TRUE(pool_.try_submit([released, &began] {
        began.set_value();
        released.wait();
    }));
    began.get_future().wait();
    while (pool_.try_submit([] {})) {
    }
    run(Deadline::in(std::chrono::minutes(1)), [] { return Result<int>(7); });
    ASSERT_TRUE(result_);
    EXPECT_EQ(result_->error().kind, ErrorKind::overloaded);
    release.set_value();
}

}  // namespace
}  // namespace headgate
