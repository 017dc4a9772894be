#include "gateway/app/loop.hpp"

#include <pthread.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "base/telemetry/log.hpp"

namespace headgate {
namespace {

// An exception that leaves a handler is a bug; the loop goes on for everybody else.
void turn(asio::io_context& context, const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::exception& bug) {
            log::error("bug", {{"loop", name}, {"what", bug.what()}});
        }
    }
}

}  // namespace

Loop::Loop(std::string name)
    : http_(make_http_client(context_)),
      keep_(context_.get_executor()),
      thread_([this, name = std::move(name)] { turn(context_, name); }) {}

Loop::~Loop() { stop(); }

void Loop::run_on(std::function<void()> work) {
    std::packaged_task<void()> task(std::move(work));
    auto done = task.get_future();
    asio::post(context_, [&task] { task(); });
    done.get();
}

void Loop::await_on(std::function<Task<void>()> task) {
    std::promise<void> done;
    auto ended = done.get_future();
    asio::co_spawn(context_.get_executor(), task(), [&done](std::exception_ptr failure) {
        if (failure)
            done.set_exception(failure);
        else
            done.set_value();
    });
    ended.get();
}

void Loop::stop() {
    if (!thread_.joinable()) return;
    run_on([this] { http_.reset(); });
    keep_.reset();
    context_.stop();
    thread_.join();
}

}  // namespace headgate
