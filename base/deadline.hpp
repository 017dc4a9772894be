// Deadline: the moment by which a call must have ended; passed down, never looked up.
#pragma once

#include <algorithm>

#include "base/clock.hpp"

namespace headgate {

class Deadline {
  public:
    static Deadline at(SteadyTime when) { return Deadline(when); }
    static Deadline in(milliseconds span, const Clock& clock = system_clock()) {
        return Deadline(clock.steady_now() + span);
    }
    static Deadline never() { return Deadline(SteadyTime::max()); }

    SteadyTime when() const { return when_; }
    bool expired(const Clock& clock = system_clock()) const { return clock.steady_now() >= when_; }
    // Never negative; rounded up, so that a wait never ends early.
    milliseconds remaining(const Clock& clock = system_clock()) const {
        if (when_ == SteadyTime::max()) return milliseconds::max();
        return std::max(milliseconds::zero(), std::chrono::ceil<milliseconds>(when_ - clock.steady_now()));
    }
    // The sooner of the two.
    Deadline within(Deadline other) const { return Deadline(std::min(when_, other.when_)); }

  private:
    explicit Deadline(SteadyTime when) : when_(when) {}
    SteadyTime when_;
};

}  // namespace headgate
