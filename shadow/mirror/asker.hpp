// Asker: the thread that asks the other side, with bounded concurrency and a deadline for each (internal to mirror).
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <condition_variable>
#include <deque>
#include <thread>
#include <unordered_set>

#include "shadow/mirror/comparer.hpp"
#include "shadow/mirror/pair.hpp"

namespace headgate::mirrored {

// Owns the io_context and its thread; everything below the line is that thread's alone.
class Asker {
  public:
    Asker(std::shared_ptr<Hub> hub, FindingBook& book, Comparer& comparer, const Clock& clock);
    ~Asker();

    asio::io_context& io_context() { return io_; }
    // Drops what waits and cancels what is being asked, all as dropped_stopped.
    void drop_all() noexcept;
    // See Mirror::shut_down. Between the two the comparer is joined: pairs that it lets go are destroyed on this
    // thread.
    void drain(milliseconds grace);
    void end();  // idempotent

    // ---- on the asking thread
    void enter(std::shared_ptr<Pair> pair);          // a request begins
    void finish(const std::shared_ptr<Pair>& pair);  // both answers are there, or it is settled

  private:
    // One question under way; ends with its coroutine, even when its pair was given up before.
    struct Asking {
        explicit Asking(std::shared_ptr<Pair> p, const Executor& executor) : pair(std::move(p)), timer(executor) {}
        std::shared_ptr<Pair> pair;
        std::optional<Timer> timer;  // given up before the io_context ends
        asio::cancellation_signal cancel;
        SteadyTime began;
        bool given_up = false;
    };

    void next();
    void ask(const std::shared_ptr<Pair>& pair);
    void ended(const std::shared_ptr<Asking>& asking, std::exception_ptr bug, ShadowAnswer answer);
    void answered(const std::shared_ptr<Pair>& pair, ShadowAnswer answer);
    void give_up(Asking& asking);
    void drop_waiting();
    void cancel_asking();
    void drop_open();
    bool wait_until_idle(milliseconds span);

    const std::shared_ptr<Hub> hub_;
    FindingBook& book_;
    Comparer& comparer_;
    const Clock& clock_;

    std::mutex idle_mutex_;
    std::condition_variable idle_changed_;
    bool idle_ = false;  // closing, and nothing is being asked

    bool closing_ = false;
    std::deque<std::shared_ptr<Pair>> waiting_;
    std::unordered_set<std::shared_ptr<Pair>> open_;      // entered and not finished
    std::unordered_set<std::shared_ptr<Asking>> asking_;  // outlives the io_context, which holds their coroutines

    asio::io_context io_{1};
    asio::executor_work_guard<Executor> work_{io_.get_executor()};
    std::thread thread_;
};

}  // namespace headgate::mirrored
