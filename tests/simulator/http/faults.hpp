// What can be made to go wrong with a part, on demand; and how that is told in JSON.
#pragma once

#include <string>
#include <string_view>

namespace simulator {

struct Faults {
    int latency_ms = 0;
    int latency_jitter_ms = 0;  // added, evenly spread, seeded
    double error_share = 0;     // 0..1 of requests answered with the part's own 'busy' error
    bool hang = false;          // accepts and never answers, until this is taken back or the part stops
    bool reset = false;         // the connection ends with RST instead of an answer
    bool stopped = false;       // nobody listens: connection refused
};

// Whole replacement: what is left out is none. `problem` says what is wrong with the text when false.
bool read_faults(std::string_view json, Faults& faults, std::string& problem);
std::string faults_json(const Faults& faults);

}  // namespace simulator
