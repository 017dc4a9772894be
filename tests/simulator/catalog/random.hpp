// Seeded numbers without state: the same seed and words always give the same number, on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace simulator {

constexpr std::uint64_t mix(std::uint64_t x) {  // splitmix64's finaliser
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t number_for(std::uint64_t seed, std::string_view what, std::uint64_t salt = 0) {
    std::uint64_t h = mix(seed ^ mix(salt));
    for (const char c : what) h = mix(h ^ static_cast<unsigned char>(c));
    return h;
}

// A sequence; not thread-safe, each owner has its own.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(mix(seed)) {}
    std::uint64_t next() { return mix(state_++); }
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
    double share() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }  // [0, 1)

  private:
    std::uint64_t state_;
};

}  // namespace simulator
