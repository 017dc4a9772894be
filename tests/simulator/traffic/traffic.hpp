// The subcommand `traffic`: seeded journeys at their rates, whether or not the gateway keeps up.
#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/traffic/load.hpp"

namespace simulator {

struct TrafficOptions : LoadOptions {
    std::string target;  // http://127.0.0.1:8080
    std::string token;
    std::uint64_t seed = 7;
    double seconds = 10;  // new journeys begin that long
    int customers = 1000;
    double hot_share = 0;  // of articles drawn from the hot ones; in a campaign most are
    int hot_items = 5;
    int think_ms = 0;    // a visitor's longest pause
    std::string report;  // file, may be empty
    std::string orders;  // file, may be empty
};

// Ends by itself, at the latest 20 s after the last journey began. 0; 1 when one key brought two orders or the like.
int play_traffic(const TrafficOptions& options);

}  // namespace simulator
