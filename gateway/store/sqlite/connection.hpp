// One SQLite connection and its prepared statements, with errors as values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace headgate::store {

// A prepared statement of one connection, used on one thread at a time; must end before its connection.
class Statement {
  public:
    Statement() = default;
    Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Statement& operator=(Statement&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Statement();

    // Makes it ready to be bound from parameter 1 on. Texts are borrowed until the next begin().
    Statement& begin();
    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t number);
    Statement& bind(const std::optional<std::int64_t>& number);

    // SQLITE_ROW, SQLITE_DONE or an error code.
    int step();
    std::string text(int column) const;
    std::int64_t number(int column) const;
    std::optional<std::int64_t> maybe_number(int column) const;

  private:
    friend class Connection;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    sqlite3_stmt* handle_ = nullptr;
    int next_ = 1;
};

// Owns the connection; used on one thread at a time (opened without SQLite's own mutex).
class Connection {
  public:
    static Result<std::unique_ptr<Connection>> open(const std::string& path);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Result<void> run(const char* sql);
    Result<Statement> prepare(const char* sql);
    // False after SQLite rolled the transaction back by itself, and outside of one.
    bool in_transaction() const;
    std::int64_t changes() const;
    // What SQLite last complained about, as the store's error: nothing took effect.
    Error error(std::string_view doing) const;
    sqlite3* handle() const { return handle_; }

  private:
    explicit Connection(sqlite3* handle) : handle_(handle) {}
    sqlite3* handle_;
};

}  // namespace headgate::store
