#include "base/blocking_pool.hpp"

namespace headgate {

BlockingPool::BlockingPool(std::size_t threads, std::size_t waiting) : queue_(threads + waiting) {
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] {
            while (auto job = queue_.pop()) (*job)();
        });
}

BlockingPool::~BlockingPool() { join(); }

bool BlockingPool::try_submit(std::function<void()> job) { return queue_.try_push(std::move(job)); }

void BlockingPool::join() {
    queue_.close();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace headgate
