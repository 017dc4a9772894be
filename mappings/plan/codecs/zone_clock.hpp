// ZoneClock: a zone's offset from UTC, by a moment or by a local time. The zone's own look-up walks its history each
// time; here the stretches that were asked for lately are kept by the thread.
#pragma once

#include <cstdint>

namespace date {
class time_zone;
}

namespace headgate::mappings {

struct LocalOffset {
    enum class Kind : std::uint8_t { unique, twice, never } kind = Kind::unique;
    long long offset_s = 0;  // of twice and never: before the clock was changed
    long long later_s = 0;   // after it
};

// Seconds since 1970-01-01T00:00:00, UTC or local. The zone is the time zone database's, which lives for ever.
class ZoneClock {
  public:
    explicit ZoneClock(const date::time_zone* zone) : zone_(zone) {}
    long long offset_at(long long utc_s) const;
    LocalOffset offset_of_local(long long local_s) const;

  private:
    const date::time_zone* zone_;
};

}  // namespace headgate::mappings
