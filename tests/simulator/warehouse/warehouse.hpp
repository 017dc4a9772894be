// The warehouse: takes 940 files from its inbox, keeps the good ones, puts the bad ones aside with the reason; and
// sends acknowledgements, shipment advices, return receipts and stock lists to its outbox.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulator/http/faults.hpp"
#include "tests/simulator/warehouse/outbox.hpp"
#include "tests/simulator/warehouse/pick_file.hpp"
#include "tests/simulator/warehouse/shipment.hpp"
#include "tests/simulator/warehouse/stock_list.hpp"

namespace simulator {

struct WarehouseOptions {
    std::uint64_t seed = 7;
    // Milliseconds from an order's arrival to its 997 and its 945, and from there to a return. Below zero: never.
    int acknowledge_ms = -1, ship_ms = -1, return_ms = -1;
    double return_share = 0;  // of shipped orders
    StockListCharset list_charset = StockListCharset::cp850;
    const Quirks* quirks = &no_quirks();
    // The shop's ear; false: the order is cancelled, go no further. Called on the warehouse's thread.
    std::function<bool(const std::string& order)> picking = [](const std::string&) { return true; };
    std::function<bool(const Shipment& shipment)> shipped = [](const Shipment&) { return true; };
};

// Folders under `root`: in, out, done, bad (with NAME.reason), again (the same order delivered once more).
// Works on a thread of its own, every 200 ms. One process owns the folders.
class Warehouse {
  public:
    using Clock = std::chrono::steady_clock;
    explicit Warehouse(std::filesystem::path root, WarehouseOptions options = {});
    ~Warehouse();
    Warehouse(const Warehouse&) = delete;
    Warehouse& operator=(const Warehouse&) = delete;

    // latency_ms, latency: looks that much later; hang: neither looks nor sends; stopped: the inbox is gone, dropping
    // fails; disk_full: neither folder takes a file, what is in the inbox is still read.
    bool set(const Faults& faults, std::string& problem);  // thread-safe
    Faults faults() const;
    std::filesystem::path inbox() const { return root_ / "in"; }
    std::filesystem::path outbox() const { return root_ / "out"; }

    struct Counts {
        std::uint64_t taken = 0, repeated = 0, refused = 0, sent = 0;
    };
    Counts counts() const;
    void look();                          // one pass over the inbox; the warehouse's thread calls it
    void send_due(Clock::time_point at);  // everything that is due by then; the warehouse's thread calls it
    // False: it could not be written. `day`: yyyyMMdd.
    bool send_stock_list(const std::vector<StockListRow>& rows, const std::string& day);

  private:
    struct Due {
        Clock::time_point at;
        enum Kind { acknowledgement, advice, receipt } kind;
        PickOrder order;  // of a refused file only its control numbers
        bool accepted = true;
        std::string file = {};  // the received one's name
    };
    void take(const std::filesystem::path& file);
    void set_aside(const std::filesystem::path& file, const std::string& reason);
    void schedule(Due::Kind kind, int after_ms, PickOrder order, bool accepted = true, std::string file = {});
    void resume(PickOrder order);  // after a restart: what is still to be sent
    bool send(const Due& due);
    bool send_advice(const PickOrder& order);
    bool comes_back(const std::string& order) const;
    void run();

    std::filesystem::path root_;
    const WarehouseOptions options_;
    mutable std::mutex mutex_;  // everything below but outbox_, and the folders
    std::condition_variable changed_;
    Faults faults_;
    Dice dice_;
    Counts counts_;
    std::map<std::string, std::string> taken_;  // order id -> content
    std::vector<Due> due_;
    bool ending_ = false;
    std::unique_ptr<Outbox> outbox_;  // has a lock of its own
    std::thread watcher_;
};

// Every order in the `done` folder, by file name; doubles show as several files of one order.
std::vector<std::pair<std::string, std::string>> picked_orders(const std::filesystem::path& root);

}  // namespace simulator
