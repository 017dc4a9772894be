// Faults and quirks by a script: what happens how many seconds after its start.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/simulator/http/faults.hpp"

namespace simulator {

struct TimelineStep {
    double at_s = 0;
    std::string part;    // empty: only quirks change; "all": every part
    Faults faults;       // of the part, replaced as a whole
    std::string quirks;  // a JSON object; empty: they stay
};

// A YAML (or JSON) list of {at: SECONDS, part: NAME, faults: {...}, quirks: {...}}, in the order of `at`. False with
// `problem`, which names the line.
bool read_timeline(const std::string& text, const std::vector<std::string>& parts, std::vector<TimelineStep>& steps,
                   std::string& problem);

// Plays one script at a time on a thread of its own. Thread-safe.
class Timeline {
  public:
    using Apply = std::function<void(const TimelineStep&)>;
    explicit Timeline(Apply apply) : apply_(std::move(apply)) {}
    ~Timeline() { stop(); }
    Timeline(const Timeline&) = delete;
    Timeline& operator=(const Timeline&) = delete;

    void play(std::vector<TimelineStep> steps);  // in place of the one that plays
    void stop();                                 // what it has set stays
    std::string json() const;                    // {"steps": 3, "played": 1}

  private:
    void run();
    void halt();  // under switching_
    Apply apply_;
    std::mutex switching_;  // one play or stop at a time; taken before mutex_
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<TimelineStep> steps_;
    std::size_t played_ = 0;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace simulator
