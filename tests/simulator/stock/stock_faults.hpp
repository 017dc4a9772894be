// Makes the stock database slow, hang or fail for every program that uses its file, from outside.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tests/simulator/db/database.hpp"
#include "tests/simulator/http/faults.hpp"

namespace simulator {

// latency: all of SQLite's WAL locks are held that long again and again, so that statements wait. lock: the write lock
// alone is held until taken back, as by somebody's transaction that was left open.
// hang: they are held until taken back. stopped: the tables are renamed away, every statement fails at once.
// The others have no meaning for a file and are refused.
class StockFaults {
  public:
    explicit StockFaults(std::string path);  // brings tables back that a killed process had renamed away
    ~StockFaults();
    StockFaults(const StockFaults&) = delete;
    StockFaults& operator=(const StockFaults&) = delete;

    bool set(const Faults& faults, std::string& problem);  // thread-safe
    Faults faults() const;

  private:
    void stop_holding();
    void hold_locks(bool all, const Latency& held, int free_ms);

    std::string path_;
    // Both live as long as this object: closing any descriptor of the -shm file drops all locks that SQLite holds on it
    // in this process, and the file itself is there only while someone has the database open.
    std::unique_ptr<Database> keeps_shm_;
    int shm_ = -1;
    mutable std::mutex mutex_;
    Faults faults_;
    std::thread holder_;
    std::atomic<bool> let_go_{false};
};

}  // namespace simulator
