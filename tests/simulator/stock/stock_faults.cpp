// Locks are taken on the -shm file as SQLite's WAL index uses it: bytes 120 (write), 121 (checkpoint), 123..127
// (readers).
#include "tests/simulator/stock/stock_faults.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <climits>
#include <vector>

#include "tests/simulator/db/database.hpp"
#include "tests/simulator/stock/stock_script.hpp"

namespace simulator {
namespace {

void rename_tables(const std::string& path, bool away) {
    Database database(path, Database::Mode::write, 10000);
    database.run("BEGIN IMMEDIATE");
    for (const auto& [table, create] : stock_tables()) {
        const std::string from = away ? table : table + "_STOPPED", to = away ? table + "_STOPPED" : table;
        if (database.has_table(from)) database.run("ALTER TABLE " + from + " RENAME TO " + to);
    }
    database.run("COMMIT");
}

// Open file description locks: they also stand against other connections of this very process.
bool lock_byte(int file, short type, off_t at) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = at;
    lock.l_len = 1;
    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

}  // namespace

StockFaults::StockFaults(std::string path) : path_(std::move(path)) {
    rename_tables(path_, false);
    keeps_shm_ = std::make_unique<Database>(path_, Database::Mode::write);
    Statement(*keeps_shm_, "SELECT COUNT(*) FROM SIM_SEED").step();
    shm_ = open((path_ + "-shm").c_str(), O_RDWR | O_CLOEXEC);
    if (shm_ < 0) throw DatabaseError("cannot open " + path_ + "-shm");
}

StockFaults::~StockFaults() {
    std::string problem;
    set({}, problem);
    keeps_shm_.reset();
    close(shm_);
}

Faults StockFaults::faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

bool StockFaults::set(const Faults& faults, std::string& problem) {
    if (const auto other = other_switch(faults, {"latency_ms", "latency", "hang", "stopped", "lock"}); !other.empty()) {
        problem = "stock knows latency_ms, latency, hang, lock and stopped, and no " + other;
        return false;
    }
    const std::lock_guard lock(mutex_);
    try {
        stop_holding();
        if (faults.stopped != faults_.stopped) rename_tables(path_, faults.stopped);
        faults_ = faults;
        if (faults.hang || faults.lock)
            holder_ = std::thread([this, all = faults.hang] { hold_locks(all, {Latency::fixed, INT_MAX}, 0); });
        else if (faults.latency_ms > 0 || faults.latency.kind != Latency::none)
            holder_ = std::thread([this, faults] {
                const auto held = faults.latency.kind != Latency::none
                                      ? faults.latency
                                      : Latency{Latency::fixed, static_cast<double>(faults.latency_ms)};
                hold_locks(true, held, 20);
            });
    } catch (const DatabaseError& failure) {
        problem = failure.what();
        return false;
    }
    return true;
}

void StockFaults::stop_holding() {
    let_go_ = true;
    if (holder_.joinable()) holder_.join();
    let_go_ = false;
}

void StockFaults::hold_locks(bool all, const Latency& held, int free_ms) {
    using namespace std::chrono;
    const auto pause_ms = [this](int duration_ms) {
        const auto until = steady_clock::now() + milliseconds(duration_ms);
        while (!let_go_ && steady_clock::now() < until) std::this_thread::sleep_for(milliseconds(2));
    };
    const std::vector<off_t> bytes =
        all ? std::vector<off_t>{123, 124, 125, 126, 127, 121, 120} : std::vector<off_t>{120};
    Dice dice(number_for(0, path_));
    while (!let_go_) {
        for (const off_t at : bytes)
            while (!let_go_ && !lock_byte(shm_, F_WRLCK, at)) std::this_thread::sleep_for(microseconds(200));
        pause_ms(held.a == INT_MAX ? INT_MAX : static_cast<int>(draw_ms(held, dice)));
        for (auto at = bytes.rbegin(); at != bytes.rend(); ++at) lock_byte(shm_, F_UNLCK, *at);
        pause_ms(free_ms);
    }
}

}  // namespace simulator
