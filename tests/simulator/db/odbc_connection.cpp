// The ODBC calls that are needed and no more.
#include "tests/simulator/db/odbc_connection.hpp"

#include <sql.h>
#include <sqlext.h>

#include <memory>

namespace simulator {
namespace {

std::string diagnosis(SQLSMALLINT kind, SQLHANDLE handle) {
    SQLCHAR state[6] = {}, text[512] = {};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    if (!SQL_SUCCEEDED(SQLGetDiagRec(kind, handle, 1, state, &native, text, sizeof text, &length))) return "unknown";
    return std::string(reinterpret_cast<char*>(state)) + " " + reinterpret_cast<char*>(text);
}

}  // namespace

OdbcConnection::OdbcConnection(const std::string& connection) {
    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
    SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_);
    SQLSetConnectAttr(connection_, SQL_ATTR_LOGIN_TIMEOUT, reinterpret_cast<SQLPOINTER>(10), 0);
    std::string text = connection;
    const auto result = SQLDriverConnect(connection_, nullptr, reinterpret_cast<SQLCHAR*>(text.data()), SQL_NTS,
                                         nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    if (SQL_SUCCEEDED(result)) return;
    const auto why = diagnosis(SQL_HANDLE_DBC, connection_);
    SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    SQLFreeHandle(SQL_HANDLE_ENV, environment_);
    throw DatabaseError("the stock database can't be reached: " + why);  // without the connection: it has a password
}

OdbcConnection::~OdbcConnection() {
    SQLDisconnect(connection_);
    SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

std::string OdbcConnection::execute(const std::string& sql) {
    SQLHANDLE statement = nullptr;
    SQLAllocHandle(SQL_HANDLE_STMT, connection_, &statement);
    std::string text = sql;
    const auto result = SQLExecDirect(statement, reinterpret_cast<SQLCHAR*>(text.data()), SQL_NTS);
    const auto why = SQL_SUCCEEDED(result) || result == SQL_NO_DATA ? "" : diagnosis(SQL_HANDLE_STMT, statement);
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
    return why;
}

void OdbcConnection::run(const std::string& sql) {
    if (const auto why = execute(sql); !why.empty()) throw DatabaseError(why + " in: " + sql.substr(0, 200));
}

std::vector<Row> OdbcConnection::rows(const std::string& sql) {
    SQLHANDLE handle = nullptr;
    SQLAllocHandle(SQL_HANDLE_STMT, connection_, &handle);
    const std::unique_ptr<void, void (*)(SQLHANDLE)> statement(
        handle, [](SQLHANDLE owned) { SQLFreeHandle(SQL_HANDLE_STMT, owned); });
    std::string text = sql;
    // No data: a statement that has changed no row.
    const auto done = SQLExecDirect(handle, reinterpret_cast<SQLCHAR*>(text.data()), SQL_NTS);
    if (done != SQL_NO_DATA && !SQL_SUCCEEDED(done))
        throw DatabaseError(diagnosis(SQL_HANDLE_STMT, handle) + " in: " + sql.substr(0, 200));
    SQLSMALLINT columns = 0;
    SQLNumResultCols(handle, &columns);
    std::vector<Row> rows;
    if (columns == 0) return rows;  // a statement that changes rows
    for (;;) {
        const auto fetched = SQLFetch(handle);
        if (fetched == SQL_NO_DATA) return rows;
        if (!SQL_SUCCEEDED(fetched)) throw DatabaseError(diagnosis(SQL_HANDLE_STMT, handle));
        Row row(static_cast<std::size_t>(columns));
        for (SQLUSMALLINT i = 0; i < columns; ++i) {
            char value[256] = {};  // no column of the stock database is longer
            SQLLEN length = 0;
            if (!SQL_SUCCEEDED(SQLGetData(handle, i + 1, SQL_C_CHAR, value, sizeof value, &length)))
                throw DatabaseError(diagnosis(SQL_HANDLE_STMT, handle));
            if (length == SQL_NULL_DATA) continue;
            std::string trimmed = value;
            trimmed.erase(trimmed.find_last_not_of(' ') + 1);
            row[i] = std::move(trimmed);
        }
        rows.push_back(std::move(row));
    }
}

void OdbcConnection::begin() {
    SQLSetConnectAttr(connection_, SQL_ATTR_TXN_ISOLATION, reinterpret_cast<SQLPOINTER>(SQL_TXN_REPEATABLE_READ), 0);
    SQLSetConnectAttr(connection_, SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF, 0);
}

void OdbcConnection::end() {
    SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_COMMIT);
    SQLSetConnectAttr(connection_, SQL_ATTR_AUTOCOMMIT, reinterpret_cast<SQLPOINTER>(SQL_AUTOCOMMIT_ON), 0);
}

bool OdbcConnection::works(const std::string& sql) { return execute(sql).empty(); }

}  // namespace simulator
