// Loop: one thread with its own io_context and its own upstream connections; a worker, the order log, the admin port.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "base/async.hpp"
#include "base/task_group.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {

// Owned by wiring. Everything that lives on the loop is made and destroyed through run_on(), which waits.
class Loop {
  public:
    explicit Loop(std::string name);
    ~Loop();  // stop()s

    asio::io_context& context() { return context_; }
    HttpClient& http() { return *http_; }
    // Runs `work` on the loop's thread and waits for its end; exceptions come back.
    void run_on(std::function<void()> work);
    // Starts `task` on the loop's thread and waits for its end.
    void await_on(std::function<Task<void>()> task);
    bool running() const { return thread_.joinable(); }
    // Ends the thread; pending work is dropped. Idempotent.
    void stop();

  private:
    asio::io_context context_{1};
    std::unique_ptr<HttpClient> http_;
    asio::executor_work_guard<Executor> keep_;
    std::jthread thread_;
};

}  // namespace headgate
