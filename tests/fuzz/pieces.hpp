// Input cut into pieces whose sizes follow from the input itself: the same input is always cut alike.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::fuzz {

// Calls `piece(std::string_view& rest)` for each, of a copy that is gone afterwards; false ends it.
template <class Piece>
bool in_pieces(std::string_view bytes, std::uint32_t seed, Piece piece) {
    while (!bytes.empty()) {
        seed = seed * 1664525u + 1013904223u;
        std::string copy(bytes.substr(0, 1 + (seed >> 16) % ((seed >> 8) % 4 == 0 ? 64 : 3)));
        bytes.remove_prefix(copy.size());
        std::string_view rest = copy;
        if (!piece(rest)) return false;
    }
    return true;
}

}  // namespace headgate::fuzz
