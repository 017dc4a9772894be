// One round of sweeping.
#include "gateway/writes/key_sweeper.hpp"

#include <algorithm>
#include <climits>

#include "base/telemetry/log.hpp"

namespace headgate::writes {

namespace {
constexpr milliseconds store_time{10'000};

void log_bug(std::exception_ptr) { log::error("write-sweep-bug"); }
}  // namespace

KeySweeper::KeySweeper(Executor executor, store::AsyncStore store, const Clock& clock, WriteMetrics metrics,
                       KeySweeperSettings settings)
    : store_(store),
      clock_(clock),
      metrics_(metrics),
      settings_(settings),
      rounds_(
          executor, settings.every, [this]() -> Task<void> { (void)co_await sweep(); }, log_bug) {}

Task<std::size_t> KeySweeper::sweep() {
    auto due = co_await store_.due(write_keys, now_ms(), settings_.at_most, Deadline::in(store_time));
    if (!due) {
        log::warning("write-sweep-failed", {{"detail", due.error().detail}});
        co_return 0;
    }
    std::size_t settled = co_await settle(*due);
    co_return settled + co_await make_room();
}

Task<std::size_t> KeySweeper::settle(const std::vector<store::Record>& rows) {
    std::size_t settled = 0;
    for (const auto& record : rows) {
        auto row = read_key_row(record.payload);
        if (!row) {
            log::error("write-key-unreadable", {{"detail", row.error().detail}});
            continue;
        }
        const bool lost = row->state == KeyState::open;
        auto change =
            lost ? give_up(*row, record.revision, now_ms() + settings_.kept.count()) : forget(*row, record.revision);
        auto moved = co_await store_.commit(std::move(change), Deadline::in(store_time));
        if (!moved || moved->outcome != store::Outcome::committed) continue;  // another has it, or the next round
        ++settled;
        if (!lost) continue;
        metrics_.count(row->operation, "unknown");
        log::warning("write-never-ended", {{"operation", row->operation},
                                           {"caller", row->caller},
                                           {"system", row->system},
                                           {"trace", row->traceparent}});
    }
    co_return settled;
}

// How many there are too many.
Task<std::size_t> KeySweeper::excess() {
    std::function<Result<std::int64_t>(store::Store&)> read = [](store::Store& store) {
        return store.count(write_keys, false);
    };
    auto count = co_await store_.read(std::move(read), Deadline::in(store_time));
    const auto there = count ? static_cast<std::size_t>(*count) : 0;
    co_return there - std::min(there, settings_.most_keys);
}

// Only answers go: what is under way or unknown is needed.
Task<std::size_t> KeySweeper::make_room() {
    std::size_t too_many = co_await excess(), erased = 0;
    if (too_many == 0) co_return 0;
    auto rows = co_await store_.due(write_keys, LLONG_MAX, settings_.at_most, Deadline::in(store_time));
    if (!rows) co_return 0;
    for (const auto& record : *rows) {
        if (erased == too_many) break;
        auto row = read_key_row(record.payload);
        if (!row || row->state != KeyState::answered) continue;
        auto gone = co_await store_.commit(forget(*row, record.revision), Deadline::in(store_time));
        if (gone && gone->outcome == store::Outcome::committed) ++erased;
    }
    co_return erased;
}

}  // namespace headgate::writes
