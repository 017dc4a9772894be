// What can be made to go wrong with a part, on demand; and how that is told in JSON.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/simulator/http/latency.hpp"

namespace simulator {

struct Faults {
    int latency_ms = 0;
    int latency_jitter_ms = 0;   // added, evenly spread, seeded
    Latency latency;             // added too: a distribution
    double error_share = 0;      // 0..1 of requests answered with the part's own 'busy' error
    bool hang = false;           // accepts and never answers, until this is taken back or the part stops
    bool reset = false;          // the connection ends with RST instead of an answer
    bool stopped = false;        // nobody listens: connection refused
    int stall_after_bytes = -1;  // of an answer's body, then nothing until this is taken back; -1: never
    bool half_answer = false;    // the connection ends in the middle of the body
    int drip_ms = 0;             // the body comes in eight pieces, each so much later than the one before
    double capacity_per_s = 0;   // requests beyond it wait in line; 0: no bound
    int queue = 1000;            // so many wait; who comes then gets the part's 'busy' error at once
    bool lock = false;           // stock: whoever writes waits, readers don't
    bool disk_full = false;      // warehouse: neither inbox nor outbox take a file
};

// Whole replacement: what is left out is none. `problem` says what is wrong with the text when false.
bool read_faults(std::string_view json, Faults& faults, std::string& problem);
std::string faults_json(const Faults& faults);

// The first switch that is set and not among these; empty: none. What a part can't do has to be refused.
std::string other_switch(const Faults& faults, std::initializer_list<std::string_view> known);

}  // namespace simulator
