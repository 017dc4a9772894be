// The runner's loop.
#include "gateway/orders/work_runner.hpp"

#include "base/telemetry/log.hpp"

namespace headgate::orders {

namespace {
constexpr milliseconds store_time{10'000};

void log_bug(std::exception_ptr bug) {
    try {
        std::rethrow_exception(bug);
    } catch (const std::exception& e) {
        log::error("order-work-bug", {{"detail", e.what()}});
    } catch (...) {
        log::error("order-work-bug");
    }
}
}  // namespace

// Shared with the store's thread, which only ever posts; the rest is the runner's thread's.
struct WorkRunner::Wake {
    explicit Wake(const Executor& executor) : timer(executor) {}
    std::atomic<bool> posted = false;  // one message under way is enough
    Timer timer;
    bool woken = false;

    void now() {
        woken = true;
        timer.cancel();
    }
};

WorkRunner::WorkRunner(Executor executor, store::AsyncStore store, const Clock& clock, WorkRunnerSettings settings,
                       WorkHandler& handler)
    : executor_(executor),
      store_(store),
      clock_(clock),
      settings_(std::move(settings)),
      handler_(handler),
      loop_(executor, log_bug),
      items_(executor, log_bug),
      wake_(std::make_shared<Wake>(executor)) {}

WorkRunner::~WorkRunner() = default;

void WorkRunner::start() {
    watch_ = store_.blocking().watch(settings_.queue, [executor = executor_, wake = wake_] {
        if (wake->posted.exchange(true)) return;
        asio::post(executor, [wake] {
            wake->posted = false;
            wake->now();
        });
    });
    loop_.spawn(loop());
}

Task<void> WorkRunner::drain() {
    stopping_ = true;
    watch_.reset();
    wake_->now();
    loop_.close();
    co_await loop_.drain();
    items_.close();
    co_await items_.drain();
}

Task<store::ClaimResult> WorkRunner::claim(std::size_t at_most) {
    store::ClaimRequest request{settings_.queue, settings_.owner, now_ms(), settings_.lease.count(), at_most};
    auto claimed = co_await store_.claim(std::move(request), Deadline::in(store_time));
    if (claimed) co_return std::move(*claimed);
    log::warning("order-claim-failed", {{"queue", settings_.queue}, {"detail", claimed.error().detail}});
    co_return store::ClaimResult{};
}

Task<void> WorkRunner::loop() {
    while (!stopping_) {
        wake_->woken = false;
        std::optional<std::int64_t> next_due_ms;
        const std::size_t free = settings_.concurrency - std::min(settings_.concurrency, items_.running());
        if (free > 0) {
            auto claimed = co_await claim(free);
            const bool full = claimed.items.size() == free;
            for (auto& item : claimed.items) items_.spawn(run_item(std::move(item)));
            next_due_ms = claimed.next_due_ms;
            if (full) continue;  // then `free` is 0 unless some have already ended
        }
        if (!wake_->woken && !stopping_) co_await sleep(next_due_ms);
    }
}

Task<void> WorkRunner::sleep(std::optional<std::int64_t> next_due_ms) {
    milliseconds span = settings_.longest_sleep;
    if (next_due_ms) span = std::clamp(milliseconds(*next_due_ms - now_ms()), milliseconds(1), span);
    wake_->timer.expires_after(span);
    boost::system::error_code ignored;
    co_await wake_->timer.async_wait(asio::redirect_error(use_task, ignored));
}

Task<void> WorkRunner::run_item(store::Work item) {
    co_await run_and_report(std::move(item));
    wake_->now();  // a place is free
}

Task<void> WorkRunner::run_and_report(store::Work item) {
    StepOutcome outcome = co_await handler_.run(item);
    const std::int64_t at_ms = now_ms();
    store::WorkChange change{item.id, item.fence, store::WorkState::ready, store::WorkState::done, at_ms, at_ms};
    if (outcome.kind == StepOutcome::Kind::held) change.to = store::WorkState::held;
    if (outcome.kind == StepOutcome::Kind::retry) {
        change.to = store::WorkState::ready;
        const double jitter = std::uniform_real_distribution<double>(0, 1)(random_);
        change.due_ms = at_ms + wait_after(item.attempts, jitter, settings_.backoff).count();
    }
    change.note = std::move(outcome.note);
    store::Commit commit;
    commit.changes.push_back(std::move(change));
    commit.puts = std::move(outcome.puts);
    commit.events = std::move(outcome.events);
    auto reported = co_await store_.commit(std::move(commit), Deadline::in(store_time));
    // Unreported work runs again when its lease ends; a conflict means that it already did elsewhere.
    if (!reported)
        log::warning("order-report-failed", {{"work", item.id}, {"detail", reported.error().detail}});
    else if (reported->outcome != store::Outcome::committed)
        log::warning("order-report-refused",
                     {{"work", item.id}, {"conflict", reported->outcome == store::Outcome::conflict}});
}

Task<std::size_t> WorkRunner::run_due() {
    auto claimed = co_await claim(settings_.concurrency);
    for (auto& item : claimed.items) co_await run_and_report(std::move(item));
    co_return claimed.items.size();
}

}  // namespace headgate::orders
