// DurableRetailer: stock and shop in one SQLite file that survives kill -9, for tests that end the gateway's process.
#pragma once

#include <sqlite3.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/fake_system.hpp"

namespace headgate::orders {

// Thread-safe. One line an order, one piece a line: what the tests here need.
class DurableRetailer {
  public:
    explicit DurableRetailer(const std::string& file) {
        sqlite3_open(file.c_str(), &db_);
        sqlite3_busy_timeout(db_, 5'000);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  // a process kill leaves the page cache
            "CREATE TABLE IF NOT EXISTS stock (sku TEXT PRIMARY KEY, pieces INTEGER CHECK (pieces >= 0));"
            "CREATE TABLE IF NOT EXISTS header (id TEXT PRIMARY KEY, status TEXT, sku TEXT);"
            "CREATE TABLE IF NOT EXISTS shop (id TEXT PRIMARY KEY);");
    }
    ~DurableRetailer() { sqlite3_close(db_); }
    DurableRetailer(const DurableRetailer&) = delete;
    DurableRetailer& operator=(const DurableRetailer&) = delete;

    void fill(const std::string& sku, int pieces) {
        run("INSERT INTO stock VALUES ('" + sku + "'," + std::to_string(pieces) + ")");
    }
    FakeAnswer answer(const FakeSystemCall& call) {
        const auto order = nlohmann::json::parse(call.message);
        const std::string id = order.at("orderId"), sku = order.at("lines").at(0).at("sku");
        std::lock_guard lock(mutex_);
        if (call.plan == "orderCreate") {
            run("INSERT OR IGNORE INTO shop VALUES ('" + id + "')");
            return FakeAnswer::ok(R"({"xref":{"shop":"A-)" + id + "\"}}");
        }
        run("BEGIN IMMEDIATE");
        FakeAnswer result = call.plan == "release" ? release(id, sku) : reserve(id, sku);
        run(result.error ? "ROLLBACK" : "COMMIT");
        return result;
    }
    std::set<std::string> ids(const std::string& sql) {
        std::set<std::string> all;
        auto add = [](void* to, int, char** values, char**) {
            static_cast<std::set<std::string>*>(to)->insert(values[0]);
            return 0;
        };
        sqlite3_exec(db_, sql.c_str(), add, &all, nullptr);
        return all;
    }
    int number(const std::string& sql) { return std::stoi(*ids(sql).begin()); }

  private:
    bool run(const std::string& sql) { return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }
    FakeAnswer reserve(const std::string& id, const std::string& sku) {
        if (!run("INSERT INTO header VALUES ('" + id + "','A','" + sku + "')")) return FakeAnswer::ok("");
        run("UPDATE stock SET pieces=pieces-1 WHERE pieces>0 AND sku='" + sku + "'");
        if (sqlite3_changes(db_) != 1) return FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/lines/0");
        return FakeAnswer::ok("");
    }
    FakeAnswer release(const std::string& id, const std::string& sku) {
        run("UPDATE header SET status='S' WHERE status='A' AND id='" + id + "'");
        if (sqlite3_changes(db_) == 1)
            run("UPDATE stock SET pieces=pieces+1 WHERE sku='" + sku + "'");
        else
            run("INSERT OR IGNORE INTO header VALUES ('" + id + "','S','" + sku + "')");
        return FakeAnswer::ok("");
    }

    sqlite3* db_ = nullptr;
    std::mutex mutex_;
};

}  // namespace headgate::orders
