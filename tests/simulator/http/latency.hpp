// How long a part takes, as a distribution.
#pragma once

#include "tests/simulator/catalog/random.hpp"

namespace simulator {

struct Latency {
    enum Kind { none, fixed, uniform, lognormal } kind = none;
    // Milliseconds. fixed: `a`. uniform: from `a` to `b`. lognormal: `a` is the median, `b` the 99th percentile.
    double a = 0, b = 0;
};

constexpr double longest_latency_ms = 600000;
double draw_ms(const Latency& latency, Dice& dice);  // 0 to longest_latency_ms

}  // namespace simulator
