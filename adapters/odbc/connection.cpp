#include "adapters/odbc/connection.hpp"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/odbc/handles.hpp"
#include "base/ascii.hpp"

namespace headgate::odbc {
namespace {

constexpr std::size_t prepared_at_most = 64, piece_bytes = 4096;

bool good(SQLRETURN result) { return SQL_SUCCEEDED(result); }

SQLCHAR* chars(const std::string& text) {
    return reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.data()));  // ODBC only reads it
}

SqlFault::Kind kind_of(std::string_view state, std::string_view text) {
    auto says = [&](std::string_view words) { return text.find(words) != std::string_view::npos; };
    // 57P0x: PostgreSQL is being shut down, crashed, or is not yet up.
    if (state.starts_with("08") || state == "HYT01" || state.starts_with("57P0")) return SqlFault::Kind::lost;
    if (state == "HY008" || state == "57014") return SqlFault::Kind::cancelled;
    if (state.starts_with("40") || state == "55P03") return SqlFault::Kind::busy;
    if (state.starts_with("23")) return SqlFault::Kind::duplicate;
    // MariaDB's server may have gone, or have waited for a lock as long as it waits for any.
    if (state == "HY000" && (says("server has gone away") || says("Lost connection"))) return SqlFault::Kind::lost;
    if (state == "HY000" && says("Lock wait timeout exceeded")) return SqlFault::Kind::busy;
    // sqliteodbc says HY000 for everything.
    if (state == "HY000" && (says("database is locked") || says("database table is locked")))
        return SqlFault::Kind::busy;
    if (state == "HY000" && says("constraint failed")) return SqlFault::Kind::duplicate;
    if (state == "HY000" && says("interrupted")) return SqlFault::Kind::cancelled;
    return SqlFault::Kind::other;
}

}  // namespace

Connection::Connection(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}

Connection::~Connection() {
    if (in_transaction_) end(false);
    for (const Prepared& prepared : prepared_) SQLFreeHandle(SQL_HANDLE_STMT, prepared.statement);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& connection_string, unsigned login_seconds) {
    auto handles = std::make_unique<Handles>();
    if (!good(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &handles->environment)))
        return Error{ErrorKind::system_unavailable, "the database can't be reached", "no ODBC environment"};
    SQLSetEnvAttr(handles->environment, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    if (!good(SQLAllocHandle(SQL_HANDLE_DBC, handles->environment, &handles->connection)))
        return Error{ErrorKind::system_unavailable, "the database can't be reached", "no ODBC connection handle"};
    SQLSetConnectAttr(handles->connection, SQL_ATTR_LOGIN_TIMEOUT,
                      reinterpret_cast<SQLPOINTER>(static_cast<std::uintptr_t>(login_seconds)), 0);
    SQLRETURN result =
        SQLDriverConnect(handles->connection, nullptr, chars(connection_string),
                         static_cast<SQLSMALLINT>(connection_string.size()), nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    SQLHDBC handle = handles->connection;
    handles->connected = good(result);
    std::unique_ptr<Connection> connection(new Connection(std::move(handles)));
    if (good(result)) return connection;
    Fault fault = connection->fault_of(SQL_HANDLE_DBC, handle, nullptr);
    return Error{ErrorKind::system_unavailable, "the database can't be reached", fault->state + ": " + fault->detail};
}

Fault Connection::fault_of(short handle_type, void* handle, const CallGuard* guard) {
    SqlFault fault;
    std::array<SQLCHAR, 6> state{};
    std::array<SQLCHAR, 512> text{};
    SQLINTEGER native = 0;
    SQLSMALLINT size = 0;
    if (good(SQLGetDiagRec(handle_type, handle, 1, state.data(), &native, text.data(), text.size(), &size))) {
        fault.state = reinterpret_cast<const char*>(state.data());
        fault.detail = reinterpret_cast<const char*>(text.data());
    }
    fault.kind = kind_of(fault.state, fault.detail);
    if (fault.kind == SqlFault::Kind::other && dead()) fault.kind = SqlFault::Kind::lost;
    // Whatever a driver calls it: once given up, a failed statement was cancelled.
    if (guard && guard->given_up() && fault.kind != SqlFault::Kind::lost) fault.kind = SqlFault::Kind::cancelled;
    return fault;
}

// What the driver knows without asking the database.
bool Connection::dead() const {
    SQLUINTEGER dead = SQL_CD_FALSE;
    return good(SQLGetConnectAttr(handles_->connection, SQL_ATTR_CONNECTION_DEAD, &dead, 0, nullptr)) &&
           dead == SQL_CD_TRUE;
}

Fault Connection::prepare(const std::string& sql, void*& statement) {
    if (auto found = by_sql_.find(sql); found != by_sql_.end()) {
        prepared_.splice(prepared_.begin(), prepared_, found->second);
        statement = prepared_.front().statement;
        return {};
    }
    SQLHSTMT handle = SQL_NULL_HSTMT;
    if (!good(SQLAllocHandle(SQL_HANDLE_STMT, handles_->connection, &handle)))
        return fault_of(SQL_HANDLE_DBC, handles_->connection, nullptr);
    if (!good(SQLPrepare(handle, chars(sql), static_cast<SQLINTEGER>(sql.size())))) {
        Fault fault = fault_of(SQL_HANDLE_STMT, handle, nullptr);
        SQLFreeHandle(SQL_HANDLE_STMT, handle);
        return fault;
    }
    if (prepared_.size() >= prepared_at_most) {
        SQLFreeHandle(SQL_HANDLE_STMT, prepared_.back().statement);
        by_sql_.erase(prepared_.back().sql);
        prepared_.pop_back();
    }
    prepared_.push_front({sql, handle});
    by_sql_[sql] = prepared_.begin();
    statement = handle;
    return {};
}

Fault Connection::execute(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard,
                          void*& statement) {
    if (guard.given_up()) return SqlFault{SqlFault::Kind::cancelled, "", "given up before it began"};
    if (Fault fault = prepare(sql, statement)) return fault;
    SQLFreeStmt(statement, SQL_RESET_PARAMS);
    lengths_.assign(parameters.size(), 0);
    static_assert(sizeof(long) == sizeof(SQLLEN));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& parameter = parameters[i];
        auto size = static_cast<SQLLEN>(parameter.bytes.size());
        lengths_[i] = parameter.null ? SQL_NULL_DATA : size;
        if (!good(SQLBindParameter(statement, static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT, SQL_C_CHAR,
                                   SQL_VARCHAR, static_cast<SQLULEN>(std::max<SQLLEN>(size, 1)), 0,
                                   chars(parameter.bytes), size, reinterpret_cast<SQLLEN*>(&lengths_[i]))))
            return fault_of(SQL_HANDLE_STMT, statement, &guard);
    }
    void* cancelled = statement;
    if (!guard.enter([cancelled] { SQLCancel(cancelled); }))
        return SqlFault{SqlFault::Kind::cancelled, "", "given up before it began"};
    SQLRETURN result = SQLExecute(statement);
    if (!good(result) && result != SQL_NO_DATA) {  // SQL_NO_DATA: an update that changed no row
        Fault fault = fault_of(SQL_HANDLE_STMT, statement, &guard);
        guard.leave();
        SQLFreeStmt(statement, SQL_CLOSE);
        return fault;
    }
    return {};  // entered still: reading rows can be cancelled, too
}

Fault Connection::query(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard,
                        const ReadLimits& limits, RowSet& rows) {
    void* statement = nullptr;
    if (Fault fault = execute(sql, parameters, guard, statement)) return fault;
    Fault fault = read(statement, guard, limits, rows);
    guard.leave();
    SQLFreeStmt(statement, SQL_CLOSE);
    return fault;
}

Fault Connection::update(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard,
                         long& changed) {
    void* statement = nullptr;
    if (Fault fault = execute(sql, parameters, guard, statement)) return fault;
    SQLLEN count = 0;
    bool counted = good(SQLRowCount(statement, &count));
    Fault fault;
    if (!counted) fault = fault_of(SQL_HANDLE_STMT, statement, &guard);
    guard.leave();
    SQLFreeStmt(statement, SQL_CLOSE);
    changed = count;
    return fault;
}

Fault Connection::columns_of(void* statement, const CallGuard& guard, std::vector<Column>& columns) {
    SQLSMALLINT count = 0;
    if (!good(SQLNumResultCols(statement, &count))) return fault_of(SQL_HANDLE_STMT, statement, &guard);
    for (SQLSMALLINT i = 1; i <= count; ++i) {
        std::array<SQLCHAR, 256> name{};
        SQLSMALLINT size = 0, type = 0, digits = 0, nullable = 0;
        SQLULEN width = 0;
        if (!good(SQLDescribeCol(statement, static_cast<SQLUSMALLINT>(i), name.data(), name.size(), &size, &type,
                                 &width, &digits, &nullable)))
            return fault_of(SQL_HANDLE_STMT, statement, &guard);
        columns.push_back({to_upper(reinterpret_cast<const char*>(name.data())),
                           type,
                           width,
                           digits,
                           nullable == SQL_NULLABLE,
                           nullable != SQL_NULLABLE_UNKNOWN,
                           {},
                           {},
                           {}});
    }
    return {};
}

Fault Connection::read(void* statement, CallGuard& guard, const ReadLimits& limits, RowSet& rows) {
    std::vector<Column> described;
    if (Fault fault = columns_of(statement, guard, described)) return fault;
    auto count = static_cast<SQLSMALLINT>(described.size());
    std::vector<std::string> columns;
    for (Column& column : described) columns.push_back(std::move(column.name));
    rows.set_columns(std::move(columns));
    for (;;) {
        SQLRETURN result = SQLFetch(statement);
        if (result == SQL_NO_DATA) return {};
        if (!good(result)) return fault_of(SQL_HANDLE_STMT, statement, &guard);
        if (guard.given_up()) return SqlFault{SqlFault::Kind::cancelled, "", "given up while reading"};
        if (rows.rows() >= limits.rows)
            return SqlFault{SqlFault::Kind::too_large, "", "more than " + std::to_string(limits.rows) + " rows"};
        for (SQLSMALLINT i = 1; i <= count; ++i)
            if (Fault fault = read_cell(statement, static_cast<SQLUSMALLINT>(i), limits.bytes, rows)) return fault;
    }
}

// Long values come in pieces; each ends with a NUL that is not part of it.
Fault Connection::read_cell(void* statement, unsigned short column, std::size_t limit, RowSet& rows) {
    std::array<char, piece_bytes> piece;
    cell_.clear();
    for (;;) {
        SQLLEN left = 0;
        SQLRETURN result = SQLGetData(statement, column, SQL_C_CHAR, piece.data(), piece.size(), &left);
        if (result == SQL_NO_DATA) break;
        if (!good(result)) return fault_of(SQL_HANDLE_STMT, statement, nullptr);
        if (left == SQL_NULL_DATA) {
            rows.add_null();
            return {};
        }
        bool more = left == SQL_NO_TOTAL || left >= static_cast<SQLLEN>(piece.size());
        cell_.append(piece.data(), more ? piece.size() - 1 : static_cast<std::size_t>(std::max<SQLLEN>(left, 0)));
        if (rows.bytes() + cell_.size() > limit)
            return SqlFault{SqlFault::Kind::too_large, "", "more than " + std::to_string(limit) + " bytes"};
        if (!more) break;
    }
    rows.add(cell_);
    return {};
}

Fault Connection::autocommit(bool on) {
    auto value = static_cast<std::uintptr_t>(on ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF);
    if (good(SQLSetConnectAttr(handles_->connection, SQL_ATTR_AUTOCOMMIT, reinterpret_cast<SQLPOINTER>(value),
                               SQL_IS_UINTEGER)))
        return {};
    return fault_of(SQL_HANDLE_DBC, handles_->connection, nullptr);
}

Fault Connection::begin() {
    Fault fault = autocommit(false);
    in_transaction_ = !fault;
    return fault;
}

Fault Connection::end(bool commit) {
    Fault fault;
    if (!good(SQLEndTran(SQL_HANDLE_DBC, handles_->connection,
                         static_cast<SQLSMALLINT>(commit ? SQL_COMMIT : SQL_ROLLBACK))))
        fault = fault_of(SQL_HANDLE_DBC, handles_->connection, nullptr);
    return fault;
}

Fault Connection::commit() {
    if (Fault fault = end(true)) return fault;  // still in the transaction: roll it back
    in_transaction_ = false;
    if (autocommit(true)) broken_ = true;  // committed all the same
    return {};
}

Fault Connection::rollback() {
    Fault fault = end(false);
    // Turning autocommit on would commit what could not be rolled back: leave that to the closing of the connection.
    if (fault || autocommit(true)) broken_ = true;
    in_transaction_ = false;
    return fault;
}

}  // namespace headgate::odbc
