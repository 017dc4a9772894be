// Watches by polling, as the real one does.
#include "tests/simulator/warehouse/warehouse.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "tests/simulator/warehouse/pick_file.hpp"

namespace simulator {
namespace fs = std::filesystem;
namespace {

constexpr auto poll_interval = std::chrono::milliseconds(200);

constexpr const char* nobody_writes_here = "/sys/kernel";

void bring_inbox_back(const fs::path& root) {
    std::error_code none;
    if (fs::is_symlink(root / "in")) fs::remove(root / "in", none);
    if (fs::exists(root / "in")) return;
    for (const char* name : {"in.stopped", "in.full"})
        if (fs::exists(root / name)) fs::rename(root / name, root / "in", none);
}

std::string whole_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> picked_orders(const fs::path& root) {
    std::vector<std::pair<std::string, std::string>> orders;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(root / "done", none)) {
        PickOrder order;
        std::string problem;
        if (read_pick_file(whole_file(entry.path()), order, problem))
            orders.emplace_back(order.order_id, entry.path().filename().string());
    }
    return orders;
}

Warehouse::Warehouse(fs::path root, WarehouseOptions options)
    : root_(std::move(root)), options_(std::move(options)), dice_(options_.seed) {
    fs::create_directories(root_);
    // A process that was killed while stopped or full left its inbox under another name.
    bring_inbox_back(root_);
    for (const char* folder : {"in", "out", "done", "bad", "again"}) fs::create_directories(root_ / folder);
    outbox_ = std::make_unique<Outbox>(root_, *options_.quirks);
    for (const auto& entry : fs::directory_iterator(root_ / "done")) {
        PickOrder order;
        std::string problem;
        if (!read_pick_file(whole_file(entry.path()), order, problem)) continue;
        if (taken_.emplace(order.order_id, order.content).second) resume(std::move(order));
    }
    watcher_ = std::thread([this] { run(); });
}

Warehouse::~Warehouse() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    watcher_.join();
    bring_inbox_back(root_);
}

Faults Warehouse::faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

Warehouse::Counts Warehouse::counts() const {
    const std::lock_guard lock(mutex_);
    auto counts = counts_;
    counts.sent = outbox_->count();
    return counts;
}

bool Warehouse::set(const Faults& faults, std::string& problem) {
    if (const auto other = other_switch(faults, {"latency_ms", "latency", "hang", "stopped", "disk_full"});
        !other.empty()) {
        problem = "warehouse knows latency_ms, latency, hang, stopped and disk_full, and no " + other;
        return false;
    }
    const std::lock_guard lock(mutex_);
    std::error_code failed;
    // A folder in which nobody can make a file, root neither, stands in for the full one.
    const auto away = [](const Faults& f) { return f.stopped ? "in.stopped" : f.disk_full ? "in.full" : "in"; };
    const fs::path from = root_ / away(faults_), to = root_ / away(faults);
    if (from != to) {
        if (fs::is_symlink(inbox())) fs::remove(inbox(), failed);
        if (!failed) fs::rename(from, to, failed);
        if (!failed && to.filename() == "in.full") fs::create_directory_symlink(nobody_writes_here, inbox(), failed);
    }
    outbox_->refuse(faults.disk_full);
    if (failed) {
        problem = failed.message();
        return false;
    }
    faults_ = faults;
    return true;
}

void Warehouse::run() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        const auto wait = poll_interval + std::chrono::milliseconds(faults_.latency_ms +
                                                                    static_cast<int>(draw_ms(faults_.latency, dice_)));
        if (changed_.wait_for(lock, wait, [this] { return ending_; })) return;
        const bool works = !faults_.hang && !faults_.stopped;
        lock.unlock();
        if (works) {
            look();
            send_due(Clock::now());
        }
        lock.lock();
    }
}

void Warehouse::look() {
    const std::lock_guard lock(mutex_);
    std::error_code none;
    std::vector<fs::path> files;
    const auto folder = faults_.disk_full ? root_ / "in.full" : inbox();  // what is on a full disk can be read
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".940" && entry.path().filename().string()[0] != '.')
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) take(file);
}

void Warehouse::take(const fs::path& file) {
    PickOrder order;
    std::string problem;
    const auto name = file.filename().string();
    if (!read_pick_file(whole_file(file), order, problem)) {
        if (!order.set_control.empty()) schedule(Due::acknowledgement, options_.acknowledge_ms, order, false, name);
        return set_aside(file, problem);
    }
    // The translator acknowledges what it could read; what is wrong with an order itself a person has to find out.
    schedule(Due::acknowledgement, options_.acknowledge_ms, order, true, name);
    if (name != "pick-" + order.order_id + ".940")
        return set_aside(file, "the file's name does not carry the order's number " + order.order_id);
    const auto known = taken_.find(order.order_id);
    std::error_code none;
    if (known == taken_.end()) {
        fs::rename(file, root_ / "done" / file.filename(), none);
        taken_.emplace(order.order_id, order.content);
        ++counts_.taken;
        if (options_.picking(order.order_id)) schedule(Due::advice, options_.ship_ms, std::move(order));
    } else if (known->second == order.content) {
        fs::rename(file, root_ / "again" / file.filename(), none);
        ++counts_.repeated;
    } else {
        set_aside(file, "another order under the number " + order.order_id + ", which is taken");
    }
}

void Warehouse::set_aside(const fs::path& file, const std::string& reason) {
    std::error_code none;
    std::ofstream(root_ / "bad" / (file.filename().string() + ".reason")) << reason << "\n";
    fs::rename(file, root_ / "bad" / file.filename(), none);
    ++counts_.refused;
}

}  // namespace simulator
