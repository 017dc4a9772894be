// SQLite for the simulator: a connection and its statements, errors as exceptions (a simulator may end loudly).
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/simulator/db/rows.hpp"

namespace simulator {

class DatabaseError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// One thread at a time. Waits `busy_ms` for locks that other processes hold.
class Database : public RowSource {
  public:
    enum class Mode { create, write, read };
    Database(const std::string& path, Mode mode, int busy_ms = 2000);
    ~Database() override { sqlite3_close(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void run(const std::string& sql);
    std::vector<Row> rows(const std::string& sql) override;
    void begin() override { run("BEGIN"); }
    void end() override { run("COMMIT"); }
    bool has_table(std::string_view name);
    sqlite3* handle() { return handle_; }

  private:
    sqlite3* handle_ = nullptr;
};

// Borrows its database. Texts are bound as they are and read without the blanks that pad them.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int at, std::string_view value);
    Statement& bind(int at, std::int64_t value);
    Statement& bind_null(int at);
    bool step();  // true: a row
    void reset();
    bool is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
    std::string text(int column) const;
    int columns() const { return sqlite3_column_count(handle_); }
    double number(int column) const { return sqlite3_column_double(handle_, column); }
    std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }

  private:
    sqlite3_stmt* handle_ = nullptr;
};

}  // namespace simulator
