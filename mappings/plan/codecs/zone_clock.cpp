// Looks offsets up in the time zone database, behind a few stretches of constant offset kept by each thread.
#include "mappings/plan/codecs/zone_clock.hpp"

#include <date/tz.h>

#include <array>

namespace headgate::mappings {

namespace {

struct Stretch {
    const date::time_zone* zone = nullptr;
    long long begin = 0, end = 0;  // UTC
    long long offset = 0;
};

// Offsets lie within 26 hours of each other: a local time this far from both ends is of no other stretch.
constexpr long long margin_s = 48 * 3600;

// Summer and winter of two years: what the prices and stocks of one exchange mostly mention.
constexpr std::size_t kept = 4;
struct Recent {
    std::array<Stretch, kept> stretches;
    std::size_t next = 0;
};
thread_local Recent recent;

Stretch look_up(const date::time_zone* zone, long long utc_s) {
    auto info = zone->get_info(date::sys_seconds{std::chrono::seconds{utc_s}});
    return {zone, info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(), info.offset.count()};
}

const Stretch& keep(const Stretch& stretch) {
    auto& place = recent.stretches[recent.next];
    recent.next = (recent.next + 1) % kept;
    return place = stretch;
}

}  // namespace

long long ZoneClock::offset_at(long long utc_s) const {
    for (const auto& known : recent.stretches)
        if (known.zone == zone_ && utc_s >= known.begin && utc_s < known.end) return known.offset;
    return keep(look_up(zone_, utc_s)).offset;
}

LocalOffset ZoneClock::offset_of_local(long long local_s) const {
    for (const auto& known : recent.stretches) {
        if (known.zone != zone_ || known.end - known.begin <= 2 * margin_s) continue;
        auto utc_s = local_s - known.offset;
        if (utc_s >= known.begin + margin_s && utc_s < known.end - margin_s)
            return {LocalOffset::Kind::unique, known.offset, known.offset};
    }
    auto info = zone_->get_info(date::local_seconds{std::chrono::seconds{local_s}});
    long long first = info.first.offset.count();
    if (info.result == date::local_info::nonexistent)
        return {LocalOffset::Kind::never, first, info.second.offset.count()};
    if (info.result == date::local_info::ambiguous)
        return {LocalOffset::Kind::twice, first, info.second.offset.count()};
    keep(look_up(zone_, local_s - first));
    return {LocalOffset::Kind::unique, first, first};
}

}  // namespace headgate::mappings
