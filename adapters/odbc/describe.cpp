// What a database tells of statements that are not executed.
#include <sql.h>
#include <sqlext.h>

#include <array>
#include <set>

#include "adapters/odbc/connection.hpp"
#include "adapters/odbc/handles.hpp"
#include "base/ascii.hpp"

namespace headgate::odbc {
namespace {

bool good(SQLRETURN result) { return SQL_SUCCEEDED(result); }

std::string text_of(SQLHSTMT statement, SQLSMALLINT column, SQLUSMALLINT field) {
    std::array<char, 256> text{};
    SQLSMALLINT size = 0;
    bool told = good(SQLColAttribute(statement, static_cast<SQLUSMALLINT>(column), field, text.data(),
                                     static_cast<SQLSMALLINT>(text.size()), &size, nullptr));
    return told ? std::string(text.data()) : std::string();
}

std::string cell(SQLHSTMT statement, SQLUSMALLINT column) {
    std::array<char, 256> text{};
    SQLLEN size = 0;
    bool there =
        good(SQLGetData(statement, column, SQL_C_CHAR, text.data(), text.size(), &size)) && size != SQL_NULL_DATA;
    return there ? std::string(text.data()) : std::string();
}

// A statement of its own, which ends with the block.
struct Statement {
    explicit Statement(SQLHDBC connection) { SQLAllocHandle(SQL_HANDLE_STMT, connection, &handle); }
    ~Statement() { SQLFreeHandle(SQL_HANDLE_STMT, handle); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    SQLHSTMT handle = SQL_NULL_HSTMT;
};

// While it lasts, giving the call up cancels the statement.
struct Cancellable {
    Cancellable(CallGuard& g, void* statement) : guard(g), entered(g.enter([statement] { SQLCancel(statement); })) {}
    ~Cancellable() { guard.leave(); }
    Cancellable(const Cancellable&) = delete;
    Cancellable& operator=(const Cancellable&) = delete;
    CallGuard& guard;
    const bool entered;
};

const SqlFault given_up{SqlFault::Kind::cancelled, "", "given up before it began"};

}  // namespace

Fault Connection::describe(const std::string& sql, CallGuard& guard, std::vector<Column>& columns) {
    columns.clear();
    if (guard.given_up()) return given_up;
    void* statement = nullptr;
    if (Fault fault = prepare(sql, statement)) return fault;
    {
        Cancellable cancellable(guard, statement);
        if (!cancellable.entered) return given_up;
        if (Fault fault = columns_of(statement, guard, columns)) return fault;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            auto number = static_cast<SQLSMALLINT>(i + 1);
            columns[i].table = text_of(statement, number, SQL_DESC_BASE_TABLE_NAME);
            columns[i].base = text_of(statement, number, SQL_DESC_BASE_COLUMN_NAME);
        }
    }
    std::set<std::string> tables;
    for (const Column& column : columns) tables.insert(column.table);
    for (const std::string& table : tables) {
        if (table.empty()) continue;
        if (Fault fault = look_up(table, guard, columns)) return fault;
    }
    return {};
}

// The catalogue's word on NULL and types: some drivers describe a query's columns by their values' storage alone.
Fault Connection::look_up(const std::string& table, CallGuard& guard, std::vector<Column>& columns) {
    Statement statement(handles_->connection);
    Cancellable cancellable(guard, statement.handle);
    if (!cancellable.entered) return given_up;
    std::string name = table;
    auto* text = reinterpret_cast<SQLCHAR*>(name.data());
    if (!good(SQLColumns(statement.handle, nullptr, 0, nullptr, 0, text, static_cast<SQLSMALLINT>(name.size()), nullptr,
                         0)))
        return fault_of(SQL_HANDLE_STMT, statement.handle, &guard);
    // Each cell in the order of the columns: not all drivers go back.
    for (int rows = 0; rows < 4096 && good(SQLFetch(statement.handle)); ++rows) {
        std::string column = cell(statement.handle, 4), type = cell(statement.handle, 6),
                    null = cell(statement.handle, 11);
        for (Column& known : columns) {
            if (known.table != table || !equals_ignoring_case(known.base, column) || !known.declared.empty()) continue;
            known.declared = type;
            if (null == "0" || null == "1") {
                known.nullable = null == "1";
                known.nullable_known = true;
            }
        }
    }
    return {};
}

Fault Connection::check(const std::string& sql, CallGuard& guard) {
    std::array<char, 64> product{};
    SQLSMALLINT size = 0;
    SQLGetInfo(handles_->connection, SQL_DBMS_NAME, product.data(), static_cast<SQLSMALLINT>(product.size()), &size);
    // sqliteodbc prepares what changes data when it is executed; the plan of it must be there at once.
    bool sqlite = std::string_view(product.data()) == "SQLite";
    std::vector<Column> columns;
    if (guard.given_up()) return given_up;
    void* statement = nullptr;
    if (Fault fault = prepare(sqlite ? "EXPLAIN " + sql : sql, statement)) return fault;
    Cancellable cancellable(guard, statement);
    if (!cancellable.entered) return given_up;
    return columns_of(statement, guard, columns);
}

}  // namespace headgate::odbc
