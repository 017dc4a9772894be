// BlockingPool: bounded threads for calls that block (ODBC, SQLite, files); a system's pool is its bulkhead.
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"

namespace headgate {

// Owns its threads. Must be joined (or destroyed) before the io_contexts that its callers complete on.
class BlockingPool {
  public:
    // `waiting` jobs may queue beyond the `threads` that run.
    BlockingPool(std::size_t threads, std::size_t waiting);
    ~BlockingPool();
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    // False when the bulkhead is full: the caller answers `overloaded`. The job must not throw.
    bool try_submit(std::function<void()> job);
    // Runs what was accepted, then ends the threads. Idempotent.
    void join();

  private:
    BoundedQueue<std::function<void()>> queue_;
    std::vector<std::jthread> threads_;
};

}  // namespace headgate
