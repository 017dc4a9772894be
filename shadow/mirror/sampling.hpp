// Sampling: whether a request is mirrored; the same customer always gets the same decision, and raising the share keeps
// those who were in.
#pragma once

#include <cstdint>
#include <string_view>

#include "shadow/compare/stable_hash.hpp"

namespace headgate {

// `share_ppm`: parts per million of all keys. `salt` (the operation's name) makes routes independent of each other. An
// empty key is a customer like any other: give random text to sample at random. Position of a key:
//   mix(fnv1a(key, fnv1a("\x1f", fnv1a(salt)))) / 2^64
constexpr bool sampled(std::uint32_t share_ppm, std::string_view salt, std::string_view key) {
    std::uint64_t h = mix(fnv1a(key, fnv1a(std::string_view("\x1f"), fnv1a(salt))));
    return (h >> 32) * 1'000'000 >> 32 < share_ppm;
}

}  // namespace headgate
