// Sweeping.
#include "gateway/orders/sweeper.hpp"

#include "base/telemetry/log.hpp"

namespace headgate::orders {

namespace {
constexpr milliseconds store_time{10'000};

WorkRunnerSettings for_releases(WorkRunnerSettings settings) {
    settings.queue = release_queue;
    return settings;
}
void log_bug(std::exception_ptr) { log::error("order-sweep-bug"); }
}  // namespace

Sweeper::Sweeper(Executor executor, store::AsyncStore store, const Clock& clock, StepResolver resolve,
                 SweeperSettings settings)
    : store_(store),
      clock_(clock),
      settings_(std::move(settings)),
      handler_(store, clock, std::move(resolve), settings_.release.lease / 2),
      releases_(executor, store, clock, for_releases(settings_.release), handler_),
      sweeps_(
          executor, settings_.every, [this]() -> Task<void> { (void)co_await sweep(); }, log_bug) {}

void Sweeper::start() {
    releases_.start();
    sweeps_.start();
}

Task<void> Sweeper::drain() {
    co_await sweeps_.drain();
    co_await releases_.drain();
}

Task<std::size_t> Sweeper::sweep() {
    const std::int64_t now_ms = store::to_ms(clock_.wall_now());
    auto rows =
        co_await store_.due(intents, now_ms - settings_.grace.count(), settings_.at_most, Deadline::in(store_time));
    if (!rows) {
        log::warning("order-sweep-failed", {{"detail", rows.error().detail}});
        co_return 0;
    }
    std::size_t revoked = 0;
    for (const auto& row : *rows) {
        auto intent = read_intent(row.payload);
        if (!intent) {
            log::error("order-intent-unreadable", {{"detail", intent.error().detail}});
            continue;
        }
        if (!sweepable(*intent, now_ms, settings_.grace.count())) continue;
        auto change = end_try(row.key, *intent, row.revision, now_ms, Ending::revoke_and_release, "expired");
        auto ended = co_await store_.commit(std::move(change), Deadline::in(store_time));
        if (!ended || ended->outcome != store::Outcome::committed) continue;  // another has it, or the next sweep
        ++revoked;
        log::warning("order-intent-revoked", {{"order", intent->order_id}});
    }
    co_return revoked;
}

}  // namespace headgate::orders
