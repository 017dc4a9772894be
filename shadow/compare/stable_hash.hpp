// stable_hash: the written-down hash behind sampling and finding identities; it never changes between builds, machines
// or releases (std::hash promises nothing), because a changed hash would move customers and rename findings.
#pragma once

#include <cstdint>
#include <string_view>

namespace headgate {

// FNV-1a, 64 bits (draft-eastlake-fnv); `basis` lets calls be chained.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t basis = 0xcbf29ce484222325u) {
    for (char c : text) basis = (basis ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return basis;
}

// SplitMix64's finaliser: spreads FNV's weak high bits.
constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

constexpr std::uint64_t stable_hash(std::string_view text) { return mix(fnv1a(text)); }

}  // namespace headgate
