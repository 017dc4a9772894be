// KeySweeper: makes known which writes nobody will end, and forgets keys whose time is over or for which there is no
// room.
#pragma once

#include "base/clock.hpp"
#include "base/periodic.hpp"
#include "gateway/store/async_store.hpp"
#include "gateway/writes/key_row.hpp"
#include "gateway/writes/metrics.hpp"

namespace headgate::writes {

struct KeySweeperSettings {
    milliseconds every{1'000};
    milliseconds kept{86'400'000};    // how long a write that nobody ended is remembered as unknown
    std::size_t most_keys = 500'000;  // beyond it the answers that are kept longest are forgotten first
    std::size_t at_most = 200;        // keys a round
};

// On a background io_context's thread. A holder that still lives is never touched: its row has its own time, and every
// change is refused when the row has moved since it was read.
class KeySweeper {
  public:
    KeySweeper(Executor executor, store::AsyncStore store, const Clock& clock, WriteMetrics metrics,
               KeySweeperSettings settings = {});

    void start() { rounds_.start(); }
    Task<void> drain() { co_await rounds_.drain(); }
    // One round: how many rows were moved or erased.
    Task<std::size_t> sweep();

  private:
    Task<std::size_t> settle(const std::vector<store::Record>& rows);
    Task<std::size_t> excess();
    Task<std::size_t> make_room();
    std::int64_t now_ms() const { return store::to_ms(clock_.wall_now()); }

    store::AsyncStore store_;
    const Clock& clock_;
    WriteMetrics metrics_;
    const KeySweeperSettings settings_;
    Periodic rounds_;
};

}  // namespace headgate::writes
