// The warehouse: takes 940 files from its inbox, keeps the good ones, puts the bad ones aside with the reason.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulator/http/faults.hpp"

namespace simulator {

// Folders under `root`: in, out, done, bad (with NAME.reason), again (the same order delivered once more).
// Watches on a thread of its own, every 200 ms. One process owns the folders.
class Warehouse {
  public:
    explicit Warehouse(std::filesystem::path root);
    ~Warehouse();
    Warehouse(const Warehouse&) = delete;
    Warehouse& operator=(const Warehouse&) = delete;

    // latency_ms: looks that much later; hang: doesn't look; stopped: the inbox is gone, dropping fails.
    bool set(const Faults& faults, std::string& problem);  // thread-safe
    Faults faults() const;
    std::filesystem::path inbox() const { return root_ / "in"; }
    std::filesystem::path outbox() const { return root_ / "out"; }

    struct Counts {
        std::uint64_t taken = 0, repeated = 0, refused = 0;
    };
    Counts counts() const;
    void look();  // one pass over the inbox; the watching thread calls it

  private:
    void take(const std::filesystem::path& file);
    void set_aside(const std::filesystem::path& file, const std::string& reason);
    void run();

    std::filesystem::path root_;
    mutable std::mutex mutex_;  // everything below, and the folders
    std::condition_variable changed_;
    Faults faults_;
    Counts counts_;
    std::map<std::string, std::string> taken_;  // order id -> content
    bool ending_ = false;
    std::thread watcher_;
};

// Every order in the `done` folder, by file name; doubles show as several files of one order.
std::vector<std::pair<std::string, std::string>> picked_orders(const std::filesystem::path& root);

}  // namespace simulator
