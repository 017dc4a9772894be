// SQLite's C API behind two small owners.
#include "tests/simulator/db/database.hpp"

namespace simulator {

Database::Database(const std::string& path, Mode mode, int busy_ms) {
    const int flags = mode == Mode::read    ? SQLITE_OPEN_READONLY
                      : mode == Mode::write ? SQLITE_OPEN_READWRITE
                                            : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
        const std::string why = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
        sqlite3_close(handle_);
        throw DatabaseError(path + ": " + why);
    }
    sqlite3_busy_timeout(handle_, busy_ms);
}

void Database::run(const std::string& sql) {
    char* why = nullptr;
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &why) != SQLITE_OK) {
        const std::string text = why ? why : "unknown";
        sqlite3_free(why);
        throw DatabaseError(text + " in: " + sql.substr(0, 200));
    }
}

std::vector<Row> Database::rows(const std::string& sql) {
    std::vector<Row> rows;
    Statement statement(*this, sql);
    while (statement.step()) {
        Row row(static_cast<std::size_t>(statement.columns()));
        for (int i = 0; i < statement.columns(); ++i)
            if (!statement.is_null(i)) row[static_cast<std::size_t>(i)] = statement.text(i);
        rows.push_back(std::move(row));
    }
    return rows;
}

bool Database::has_table(std::string_view name) {
    Statement find(*this, "SELECT 1 FROM sqlite_master WHERE type='table' AND name=?");
    return find.bind(1, name).step();
}

Statement::Statement(Database& database, std::string_view sql) {
    if (sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle_, nullptr) != SQLITE_OK)
        throw DatabaseError(std::string(sqlite3_errmsg(database.handle())) + " in: " + std::string(sql));
}

Statement& Statement::bind(int at, std::string_view value) {
    sqlite3_bind_text(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(int at, std::int64_t value) {
    sqlite3_bind_int64(handle_, at, value);
    return *this;
}

Statement& Statement::bind_null(int at) {
    sqlite3_bind_null(handle_, at);
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(handle_);
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    const std::string why = sqlite3_errmsg(sqlite3_db_handle(handle_));
    sqlite3_reset(handle_);
    throw DatabaseError(why);
}

void Statement::reset() {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

std::string Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    std::string value(bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
    value.erase(value.find_last_not_of(' ') + 1);
    return value;
}

}  // namespace simulator
