// Clock: where time comes from, so that tests can turn it by hand (tests/support/fake_clock.hpp).
#pragma once

#include <chrono>

namespace headgate {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;
using std::chrono::milliseconds;

// Thread-safe. `steady_now` measures, `wall_now` dates.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual SteadyTime steady_now() const = 0;
    virtual WallTime wall_now() const = 0;
};

// The machine's clock; stateless, lives for the whole process.
const Clock& system_clock();

}  // namespace headgate
