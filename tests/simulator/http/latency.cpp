// A lognormal's logarithm is normal: its median and one percentile give both parameters.
#include "tests/simulator/http/latency.hpp"

#include <algorithm>
#include <cmath>

namespace simulator {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double z99 = 2.3263478740408408;  // standard deviations from the mean to the 99th percentile

double standard_normal(Dice& dice) {  // Box and Muller
    const double u = 1.0 - dice.share(), v = dice.share();
    return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * pi * v);
}

}  // namespace

double draw_ms(const Latency& latency, Dice& dice) {
    double ms = 0;
    switch (latency.kind) {
        case Latency::none: return 0;
        case Latency::fixed: ms = latency.a; break;
        case Latency::uniform: ms = latency.a + (latency.b - latency.a) * dice.share(); break;
        case Latency::lognormal:
            ms = latency.a * std::exp(std::log(latency.b / latency.a) / z99 * standard_normal(dice));
            break;
    }
    return std::clamp(ms, 0.0, longest_latency_ms);
}

}  // namespace simulator
