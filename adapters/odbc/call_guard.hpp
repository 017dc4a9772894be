// CallGuard: one database call as both its sides see it: the thread inside the driver, and the worker that may give it
// up. It belongs to the call, not to the connection, so a late cancel can never hit the next call's statement.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

namespace headgate::odbc {

// Thread-safe; owned by shared_ptr on both sides.
class CallGuard {
  public:
    enum class Phase { waiting, running, committing, done };

    // The driver's side. False: given up, do nothing more.
    bool begin() { return step(Phase::waiting, Phase::running); }
    // From here on the outcome is not ours to decide; once given up, it is never reached.
    bool begin_commit() { return step(Phase::running, Phase::committing); }
    // A commit that certainly failed and was rolled back.
    bool commit_failed() { return step(Phase::committing, Phase::running); }
    void finish() {
        std::lock_guard lock(mutex_);
        phase_ = Phase::done;
    }
    // `cancel` is called, under the lock, when the call is given up before leave(). False: given up already.
    bool enter(std::function<void()> cancel) {
        std::lock_guard lock(mutex_);
        if (given_up_) return false;
        cancel_ = std::move(cancel);
        return true;
    }
    void leave() {
        std::lock_guard lock(mutex_);
        cancel_ = nullptr;
    }
    bool given_up() const {
        std::lock_guard lock(mutex_);
        return given_up_;
    }
    // Waits, but not longer than the call is wanted; false when it was given up.
    bool pause(std::chrono::milliseconds span) {
        std::unique_lock lock(mutex_);
        return !woken_.wait_for(lock, span, [&] { return given_up_; });
    }

    // The worker's side: gives the call up and says how far it was. In `waiting` and `running` nothing will be
    // committed.
    Phase give_up() {
        std::lock_guard lock(mutex_);
        given_up_ = true;
        if (cancel_ && phase_ == Phase::running) cancel_();
        woken_.notify_all();
        return phase_;
    }

  private:
    bool step(Phase from, Phase to) {
        std::lock_guard lock(mutex_);
        if (phase_ != from) return false;
        if (given_up_ && to != Phase::running) return false;
        if (given_up_ && from == Phase::waiting) return false;
        phase_ = to;
        return true;
    }

    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::function<void()> cancel_;
    Phase phase_ = Phase::waiting;
    bool given_up_ = false;
};

}  // namespace headgate::odbc
