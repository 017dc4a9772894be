// Permits: how many calls of one system may be in flight in the whole process; beyond that they are refused, not
// queued.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace headgate {

// Thread-safe. A permit may outlive this: a late call of a system that a reload has replaced.
class Permits {
  public:
    // Given back when destroyed; a late blocking call keeps its own until the driver returns.
    class Permit {
      public:
        Permit() = default;
        explicit Permit(std::shared_ptr<std::atomic<int>> taken) : taken_(std::move(taken)) {}
        Permit(Permit&&) noexcept = default;
        Permit& operator=(Permit&& other) noexcept {
            std::swap(taken_, other.taken_);
            return *this;
        }
        ~Permit() {
            if (taken_) taken_->fetch_sub(1, std::memory_order_relaxed);
        }
        explicit operator bool() const { return taken_ != nullptr; }
        void give_back() { *this = Permit(); }

      private:
        std::shared_ptr<std::atomic<int>> taken_;
    };

    explicit Permits(int limit) : limit_(limit) {}
    Permit try_take() {
        if (taken_->fetch_add(1, std::memory_order_relaxed) < limit_) return Permit(taken_);
        taken_->fetch_sub(1, std::memory_order_relaxed);
        return {};
    }
    int taken() const { return taken_->load(std::memory_order_relaxed); }
    int limit() const { return limit_; }

  private:
    const int limit_;
    std::shared_ptr<std::atomic<int>> taken_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace headgate
