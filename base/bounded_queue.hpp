// BoundedQueue: hands work from any thread to the threads that wait for it; at its bound it refuses, it never blocks.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace headgate {

// Thread-safe. After close(), pop() drains what is left and then returns nothing.
template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t bound) : bound_(bound) {}

    // False when full or closed: the caller counts the drop.
    bool try_push(T item) {
        {
            std::lock_guard lock(mutex_);
            if (closed_ || items_.size() >= bound_) return false;
            items_.push_back(std::move(item));
        }
        ready_.notify_one();
        return true;
    }

    // Waits for an item; nothing once closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return closed_ || !items_.empty(); });
        if (items_.empty()) return std::nullopt;
        std::optional<T> item(std::move(items_.front()));
        items_.pop_front();
        return item;
    }

    void close() {
        {
            std::lock_guard lock(mutex_);
            closed_ = true;
        }
        ready_.notify_all();
    }

    std::size_t size() const {
        std::lock_guard lock(mutex_);
        return items_.size();
    }

  private:
    const std::size_t bound_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<T> items_;
    bool closed_ = false;
};

}  // namespace headgate
