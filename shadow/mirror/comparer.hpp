// Comparer: low-priority threads that compare pairs and write the findings down (internal to mirror).
#pragma once

#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "shadow/mirror/pair.hpp"

namespace headgate::mirrored {

// Owns its threads. Fed by the asking thread.
class Comparer {
  public:
    Comparer(const MirrorLimits& limits, FindingBook& book);
    ~Comparer() { join(); }

    // Takes the pair over, or accounts for it as dropped_compare_full. Both answers are there, neither failed.
    void take(std::shared_ptr<Pair> pair);
    // Compares what was taken, then ends. Idempotent.
    void join();

  private:
    void run();
    void judge(Pair& pair);

    FindingBook& book_;
    BoundedQueue<std::shared_ptr<Pair>> queue_;
    std::vector<std::thread> threads_;
};

// A side that gave no usable answer, noted as a finding; the bucket of that side.
Outcome note_failure(FindingBook& book, const Pair& pair, bool legacy, std::string_view failure);

}  // namespace headgate::mirrored
