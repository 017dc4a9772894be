// When which journey begins: rates by kind, hour and campaign. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/traffic/kinds.hpp"

namespace simulator {

struct Campaign {
    double from_s = 0, for_s = 0, factor = 1;
};

struct LoadOptions {
    double rate = 50;                          // journeys a second; with a day, its mean over the day
    std::string journeys = "browse,checkout";  // with weights if wanted: web=5,app
    double checkout_share = 0.2;               // when browse and checkout are both played without weights
    double day_s = 0;                          // a day is that long; 0: it is always the same hour
    std::vector<std::string> campaigns;        // "FROM:FOR:FACTOR", seconds
};

class Load {
  public:
    explicit Load(const LoadOptions& options);  // throws std::runtime_error when an option can't be read

    // Journeys a second at that moment, in total.
    double rate_at(double second) const;
    bool in_campaign(double second) const;
    // The next beginning after `second`, a Poisson process with that rate.
    double next(double second, Dice& dice) const;
    const JourneyKind& kind_at(double second, Dice& dice) const;

  private:
    struct Played {
        const JourneyKind* kind;
        double share;      // of the mean rate
        double mean_hour;  // of its curve
    };
    double rate_of(const Played& played, double second) const;
    double factor_at(double second) const;

    double rate_, day_s_, most_ = 0;  // no moment has a higher rate
    std::vector<Played> played_;
    std::vector<Campaign> campaigns_;
};

}  // namespace simulator
