#include "gateway/routing/share.hpp"

namespace headgate {

__extension__ using Wide = unsigned __int128;

std::uint32_t customer_bucket(std::string_view cohort, std::string_view customer) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    auto mix = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3u; };
    for (char c : cohort) mix(static_cast<unsigned char>(c));
    mix(0);
    for (char c : customer) mix(static_cast<unsigned char>(c));
    hash ^= hash >> 30;
    hash *= 0xbf58476d1ce4e5b9u;
    hash ^= hash >> 27;
    hash *= 0x94d049bb133111ebu;
    hash ^= hash >> 31;
    return static_cast<std::uint32_t>((static_cast<Wide>(hash) * full_share_ppm) >> 64);
}

Side pick_side(std::uint32_t share_ppm, std::string_view cohort, std::string_view customer) {
    if (share_ppm == 0) return Side::legacy;
    if (share_ppm >= full_share_ppm) return Side::candidate;
    if (customer.empty()) return Side::legacy;
    return customer_bucket(cohort, customer) < share_ppm ? Side::candidate : Side::legacy;
}

}  // namespace headgate
