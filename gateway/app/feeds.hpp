// Feeds: the background thread that reads what systems drop.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "gateway/config/snapshot.hpp"
#include "gateway/feeds/feed_reader.hpp"
#include "gateway/pipeline/drift_book.hpp"

namespace headgate {

// Used from the main thread. All that it is made with outlives it.
class Feeds {
  public:
    Feeds(store::Store& store, ControlNumbers& numbers, Metrics& metrics, DriftBook& drift);
    ~Feeds() { stop(); }

    void start(std::shared_ptr<const Snapshot> snapshot);
    // From the next round on.
    void publish(std::shared_ptr<const Snapshot> snapshot);
    // Ends behind the file that is being read. Idempotent.
    void stop();
    const feeds::Freshness& freshness() const { return freshness_; }

  private:
    void run(std::stop_token stopping);

    feeds::Freshness freshness_;
    feeds::FeedReader reader_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const Snapshot> snapshot_;
    std::jthread thread_;
};

}  // namespace headgate
