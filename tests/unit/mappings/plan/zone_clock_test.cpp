// A zone's offsets from the kept stretches are those of the time zone database, at every hour around every change.
#include "mappings/plan/codecs/zone_clock.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>

namespace headgate::mappings {

namespace {

constexpr long long begin_2024_s = 1704067200, years_s = 3LL * 366 * 86400, step_s = 1800;

LocalOffset::Kind kind_of(const date::local_info& info) {
    return info.result == date::local_info::nonexistent ? LocalOffset::Kind::never
           : info.result == date::local_info::ambiguous ? LocalOffset::Kind::twice
                                                        : LocalOffset::Kind::unique;
}

}  // namespace

TEST(ZoneClock, KnowsTheOffsetOfEveryMoment) {
    for (auto name : {"Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC"}) {
        const auto* zone = date::locate_zone(name);
        ZoneClock clock(zone);
        for (long long at = begin_2024_s; at < begin_2024_s + years_s; at += step_s)
            ASSERT_EQ(clock.offset_at(at), zone->get_info(date::sys_seconds{std::chrono::seconds{at}}).offset.count())
                << name << " " << at;
    }
}

TEST(ZoneClock, KnowsWhetherALocalTimeExistsOnceTwiceOrNever) {
    for (auto name : {"Europe/Berlin", "America/St_Johns", "UTC"}) {
        const auto* zone = date::locate_zone(name);
        ZoneClock clock(zone);
        for (long long at = begin_2024_s; at < begin_2024_s + years_s; at += step_s) {
            auto info = zone->get_info(date::local_seconds{std::chrono::seconds{at}});
            auto found = clock.offset_of_local(at);
            ASSERT_EQ(found.kind, kind_of(info)) << name << " " << at;
            ASSERT_EQ(found.offset_s, info.first.offset.count()) << name << " " << at;
            if (found.kind == LocalOffset::Kind::unique) continue;
            ASSERT_EQ(found.later_s, info.second.offset.count()) << name << " " << at;
        }
    }
}

TEST(ZoneClock, KeepsZonesApart) {
    ZoneClock berlin(date::locate_zone("Europe/Berlin")), tokyo(date::locate_zone("Asia/Tokyo"));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(berlin.offset_at(begin_2024_s), 3600);
        EXPECT_EQ(tokyo.offset_at(begin_2024_s), 9 * 3600);
        EXPECT_EQ(berlin.offset_of_local(begin_2024_s + 200 * 86400).offset_s, 7200);
        EXPECT_EQ(tokyo.offset_of_local(begin_2024_s + 200 * 86400).offset_s, 9 * 3600);
    }
}

}  // namespace headgate::mappings
