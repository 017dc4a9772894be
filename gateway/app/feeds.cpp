#include "gateway/app/feeds.hpp"

#include <pthread.h>

#include <algorithm>

#include "base/telemetry/log.hpp"

namespace headgate {
namespace {

// Often enough that a file is read soon after it is whole.
milliseconds pause(const std::vector<feeds::Feed>& all) {
    milliseconds out{1'000};
    for (const auto& feed : all) out = std::min(out, std::max(feed.settle / 4, milliseconds(50)));
    return out;
}

}  // namespace

Feeds::Feeds(store::Store& store, ControlNumbers& numbers, Metrics& metrics, DriftBook& drift)
    : reader_(store, system_clock(), numbers, freshness_, metrics,
              [&drift](const feeds::Feed& feed, const DriftLog& seen) {
                  drift.note(feed.system, *feed.plan, "feed", seen);
              }) {}

void Feeds::start(std::shared_ptr<const Snapshot> snapshot) {
    publish(std::move(snapshot));
    thread_ = std::jthread([this](std::stop_token stopping) { run(stopping); });
}

void Feeds::publish(std::shared_ptr<const Snapshot> snapshot) {
    std::lock_guard lock(mutex_);
    snapshot_ = std::move(snapshot);
    changed_.notify_all();
}

void Feeds::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void Feeds::run(std::stop_token stopping) {
    pthread_setname_np(pthread_self(), "feeds");
    while (!stopping.stop_requested()) {
        std::shared_ptr<const Snapshot> snapshot;
        {
            std::lock_guard lock(mutex_);
            snapshot = snapshot_;
        }
        try {
            reader_.round(snapshot->feeds);
        } catch (const std::exception& bug) {
            log::error("bug", {{"loop", "feeds"}, {"what", bug.what()}});
        }
        std::unique_lock lock(mutex_);
        auto moved_on = [&] { return snapshot_ != snapshot; };
        // Without feeds there is nothing to look at before the next reload.
        if (snapshot->feeds.empty())
            changed_.wait(lock, stopping, moved_on);
        else
            changed_.wait_for(lock, stopping, pause(snapshot->feeds), moved_on);
    }
}

}  // namespace headgate
