// The subcommand `traffic`: seeded journeys at a fixed rate, whether or not the gateway keeps up.
#pragma once

#include <cstdint>
#include <string>

namespace simulator {

struct TrafficOptions {
    std::string target;  // http://127.0.0.1:8080
    std::string token;
    std::uint64_t seed = 7;
    double rate = 50;     // journeys a second
    double seconds = 10;  // new journeys begin that long
    int customers = 1000;
    std::string journeys = "browse,checkout";
    double checkout_share = 0.2;
    std::string report;  // file, may be empty
    std::string orders;  // file, may be empty
};

// Ends by itself, at the latest 20 s after the last journey began. 0; 1 when one key brought two orders or the like.
int play_traffic(const TrafficOptions& options);

}  // namespace simulator
