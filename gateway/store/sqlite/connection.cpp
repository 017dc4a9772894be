// SQLite's C interface, wrapped.
#include "gateway/store/sqlite/connection.hpp"

#include <sqlite3.h>

namespace headgate::store {

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::begin() {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
    next_ = 1;
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    // A null pointer would bind NULL.
    sqlite3_bind_text64(handle_, next_++, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    sqlite3_bind_int64(handle_, next_++, number);
    return *this;
}

Statement& Statement::bind(const std::optional<std::int64_t>& number) {
    if (number) return bind(*number);
    sqlite3_bind_null(handle_, next_++);
    return *this;
}

int Statement::step() {
    int rc = sqlite3_step(handle_);
    // A statement that isn't reset keeps its snapshot open and the log from being reused.
    if (rc != SQLITE_ROW) sqlite3_reset(handle_);
    return rc;
}

std::string Statement::text(int column) const {
    const void* data = sqlite3_column_text(handle_, column);
    return data ? std::string(static_cast<const char*>(data), sqlite3_column_bytes(handle_, column)) : std::string();
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(handle_, column); }

std::optional<std::int64_t> Statement::maybe_number(int column) const {
    if (sqlite3_column_type(handle_, column) == SQLITE_NULL) return std::nullopt;
    return number(column);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path) {
    sqlite3* handle = nullptr;
    int rc = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                             nullptr);
    std::unique_ptr<Connection> connection(new Connection(handle));
    if (rc != SQLITE_OK) return connection->error("opening " + path);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 5'000);
    return connection;
}

Connection::~Connection() { sqlite3_close_v2(handle_); }

Result<void> Connection::run(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error(sql);
    return Done{};
}

Result<Statement> Connection::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return error(sql);
    return Statement(statement);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_); }

Error Connection::error(std::string_view doing) const {
    std::string detail(doing);
    if (handle_) {
        detail += ": ";
        detail += sqlite3_errmsg(handle_);
        detail += " (" + std::to_string(sqlite3_extended_errcode(handle_));
        if (int system = sqlite3_system_errno(handle_)) detail += ", errno " + std::to_string(system);
        detail += ")";
    }
    return Error{ErrorKind::system_unavailable, "the state store can't be used", std::move(detail), "store"};
}

}  // namespace headgate::store
