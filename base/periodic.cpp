#include "base/periodic.hpp"

#include <boost/asio/redirect_error.hpp>

namespace headgate {

Periodic::Periodic(Executor executor, milliseconds pause, std::function<Task<void>()> round,
                   std::function<void(std::exception_ptr)> on_bug)
    : pause_(pause), round_(std::move(round)), loop_(executor, std::move(on_bug)), timer_(executor) {}

void Periodic::start() { loop_.spawn(loop()); }

Task<void> Periodic::drain() {
    stopping_ = true;
    timer_.cancel();
    loop_.close();
    co_await loop_.drain();
}

Task<void> Periodic::loop() {
    boost::system::error_code ignored;
    while (!stopping_) {
        co_await round_();
        if (stopping_) break;
        timer_.expires_after(pause_);
        co_await timer_.async_wait(asio::redirect_error(use_task, ignored));
    }
}

}  // namespace headgate
