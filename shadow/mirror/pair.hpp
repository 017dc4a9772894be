// Pair: one mirrored request on its way, with the answers so far; Hub: what pairs, tickets and threads share (internal
// to mirror).
#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <optional>

#include "shadow/mirror/account.hpp"
#include "shadow/mirror/mirror.hpp"

namespace headgate::mirrored {

// Held by the mirror and by every pair, so that a ticket may outlive the mirror.
struct Hub {
    MirrorLimits limits;
    Ledger ledger;
    std::atomic<bool> stopped{false};
    std::atomic<std::size_t> waiting{0};  // begun and not yet asked
    std::atomic<std::size_t> bytes{0};    // of copies held

    // Runs `work` on the asking thread; false (and `work` destroyed) once the mirror has shut down, or without memory.
    template <class Work>
    bool post(Work work) noexcept {
        try {
            std::lock_guard lock(gate_);
            if (io_) asio::post(*io_, std::move(work));
            return io_ != nullptr;
        } catch (const std::exception&) {
            return false;
        }
    }
    void open(asio::io_context& io) {
        std::lock_guard lock(gate_);
        io_ = &io;
    }
    // Posts the last work and lets nothing follow it; false when that was done before.
    template <class Work>
    bool close(Work last) {
        std::lock_guard lock(gate_);
        if (!io_) return false;
        asio::post(*io_, std::move(last));
        io_ = nullptr;
        return true;
    }
    bool on_asking_thread() {
        std::lock_guard lock(gate_);
        return io_ && io_->get_executor().running_in_this_thread();
    }

    // All or nothing, so that a refused one never makes another one's look too large for a moment.
    static bool take(std::atomic<std::size_t>& of, std::size_t amount, std::size_t bound) {
        std::size_t taken = of.load();
        do {
            if (taken > bound || amount > bound - taken) return false;
        } while (!of.compare_exchange_weak(taken, taken + amount));
        return true;
    }
    bool take_bytes(std::size_t size) { return take(bytes, size, limits.bytes); }
    bool take_place() { return take(waiting, 1, limits.queue); }

  private:
    std::mutex gate_;  // threads of normal priority only
    asio::io_context* io_ = nullptr;
};

// Shared between one ticket, the asking thread and a comparing thread, in turn. Whoever sets `settled` accounts for it.
struct Pair {
    Pair(std::shared_ptr<Hub> h, std::shared_ptr<Account> a, MirrorRequest r, SteadyTime now, std::size_t size)
        : hub(std::move(h)), account(std::move(a)), request(std::move(r)), began(now), bytes(size) {}
    ~Pair() { hub->bytes.fetch_sub(bytes); }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    // Accounts for it unless someone has.
    void settle(Outcome outcome) {
        if (!settled.exchange(true)) account->settle(Account::Lane::front, outcome);
    }
    // Keeps an answer; true when both are there or the pair is settled: then finish it on the asking thread.
    bool answer(std::optional<ShadowAnswer> Pair::*side, ShadowAnswer given);

    const std::shared_ptr<Hub> hub;
    const std::shared_ptr<Account> account;
    MirrorRequest request;
    const SteadyTime began;
    std::int64_t skew_us = 0;
    std::atomic<bool> settled{false};

    std::mutex mutex;  // guards the three below; a ticket's thread and the asking thread
    std::size_t bytes;
    std::optional<ShadowAnswer> serving, shadow;
};

// Destroyed on the asking thread while there is one: `keep` and `ask` may hold what lives there.
std::shared_ptr<Pair> make_pair_on(std::shared_ptr<Hub> hub, std::shared_ptr<Account> account, MirrorRequest request,
                                   SteadyTime now, std::size_t size);

}  // namespace headgate::mirrored
