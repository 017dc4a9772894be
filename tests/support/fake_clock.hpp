// FakeClock: time that moves only when a test says so.
#pragma once

#include <atomic>

#include "base/clock.hpp"

namespace headgate {

// Thread-safe.
class FakeClock final : public Clock {
  public:
    SteadyTime steady_now() const override { return SteadyTime(std::chrono::nanoseconds(elapsed_ns_.load())); }
    WallTime wall_now() const override {
        // 2026-11-23T09:15:00Z and what has been advanced since.
        return WallTime(std::chrono::seconds(1'795'425'300) +
                        std::chrono::duration_cast<WallTime::duration>(std::chrono::nanoseconds(elapsed_ns_.load())));
    }
    void advance(milliseconds span) { elapsed_ns_ += std::chrono::nanoseconds(span).count(); }

  private:
    std::atomic<std::int64_t> elapsed_ns_{1'000'000'000};
};

}  // namespace headgate
