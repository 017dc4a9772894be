// One ODBC connection: statements prepared once, everything bound and read as text, digits as the driver writes them.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/odbc/call_guard.hpp"
#include "base/result.hpp"
#include "mappings/formats/rows/row_set.hpp"

namespace headgate::odbc {

// A parameter as the driver gets it: text in the system's charset, or null.
struct Parameter {
    std::string bytes;
    bool null = false;
};

struct ReadLimits {
    std::size_t rows = 100'000;
    std::size_t bytes = 16 << 20;
};

// A column of a statement's rows, as the driver describes it.
struct Column {
    std::string name;  // upper case
    int type = 0;      // SQL_VARCHAR, ...
    unsigned long width = 0;
    int places = 0;
    bool nullable = false, nullable_known = false;
    std::string table, base;  // that it comes from; empty: an expression, or the driver doesn't tell
    std::string declared;     // its type as the table was made with, where the catalogue has it: DECIMAL(9,3)
};

// Why a statement failed. `detail` has the driver's text, which never goes to a caller.
struct SqlFault {
    enum class Kind {
        lost,       // the connection is gone (SQLSTATE 08xxx, 57P0x, or the driver says so): open another
        busy,       // locked or a serialisation failure (40xxx, SQLite's 'database is locked'): rolled back, try again
        duplicate,  // SQLSTATE 23xxx
        cancelled,  // the call was given up
        too_large,  // over the bounds for rows or bytes
        other
    } kind = Kind::other;
    std::string state;  // SQLSTATE
    std::string detail;
};
using Fault = std::optional<SqlFault>;  // nothing: success

// Used by one thread at a time (the pool hands it on), except for what CallGuard cancels. The handles are its own, the
// environment too: unixODBC may serialise all calls of an environment.
class Connection {
  public:
    // Blocks, at most about `login_seconds` where the driver knows such a limit. Fails with system_unavailable.
    static Result<std::unique_ptr<Connection>> open(const std::string& connection_string, unsigned login_seconds);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Fault query(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard,
                const ReadLimits& limits, RowSet& rows);
    // For statements that change data: how many rows they changed.
    Fault update(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard, long& changed);

    // The columns of a query that is prepared and not executed, with what the catalogue says of those of tables.
    Fault describe(const std::string& sql, CallGuard& guard, std::vector<Column>& columns);
    // Whether the database takes a statement, which is prepared and not executed. Where a driver puts that off until
    // then, nothing is found.
    Fault check(const std::string& sql, CallGuard& guard);

    Fault begin();     // turns autocommit off
    Fault commit();    // and on again
    Fault rollback();  // harmless without a transaction
    // False: close it rather than use it again.
    bool usable() const { return !broken_; }

  private:
    struct Handles;
    struct Prepared {
        std::string sql;
        void* statement;
    };
    explicit Connection(std::unique_ptr<Handles> handles);

    // The prepared statement, its parameters bound and executed; nullptr with a fault.
    Fault execute(const std::string& sql, const std::vector<Parameter>& parameters, CallGuard& guard, void*& statement);
    Fault prepare(const std::string& sql, void*& statement);
    Fault columns_of(void* statement, const CallGuard& guard, std::vector<Column>& columns);
    Fault look_up(const std::string& table, CallGuard& guard, std::vector<Column>& columns);
    Fault read(void* statement, CallGuard& guard, const ReadLimits& limits, RowSet& rows);
    Fault read_cell(void* statement, unsigned short column, std::size_t limit, RowSet& rows);
    Fault fault_of(short handle_type, void* handle, const CallGuard* guard);
    bool dead() const;
    Fault end(bool commit);
    Fault autocommit(bool on);

    std::unique_ptr<Handles> handles_;
    // Least recently used last; drivers keep a cursor's memory for each.
    std::list<Prepared> prepared_;
    std::unordered_map<std::string, std::list<Prepared>::iterator> by_sql_;
    std::string cell_;
    std::vector<long> lengths_;
    bool in_transaction_ = false, broken_ = false;
};

}  // namespace headgate::odbc
