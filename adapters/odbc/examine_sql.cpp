#include "adapters/odbc/examine_sql.hpp"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "mappings/formats/rows/columns.hpp"

namespace headgate::odbc {
namespace {

using Part = SystemChange::Part;

// A column as the driver describes it. Length and places of 0: it does not tell.
LegacyNode node_of(const Column& column) {
    LegacyNode out;
    out.name = column.name;
    out.optional = out.nillable = column.nullable;
    // As the table was made, where the driver takes decimals for texts.
    std::string problem, declared = to_lower(column.declared);
    if (declared.starts_with("decimal(") || declared.starts_with("numeric("))
        if (auto node = parse_column(column.name, declared, problem)) {
            node->optional = node->nillable = column.nullable;
            return *node;
        }
    switch (column.type) {
        case SQL_DECIMAL:
        case SQL_NUMERIC:
            out.length = static_cast<int>(std::min<unsigned long>(column.width, 1'000));
            out.fraction = column.places;
            out.type = out.fraction == 0 ? LegacyType::integer : LegacyType::decimal;
            break;
        case SQL_TINYINT:
        case SQL_SMALLINT:
        case SQL_INTEGER:
        case SQL_BIGINT: out.type = LegacyType::integer; break;
        case SQL_REAL:
        case SQL_FLOAT:
        case SQL_DOUBLE: out.type = LegacyType::decimal; break;
        case SQL_TYPE_DATE: out.type = LegacyType::date; break;
        case SQL_TYPE_TIMESTAMP: out.type = LegacyType::datetime; break;
        default:
            out.type = LegacyType::text;
            out.length = static_cast<int>(std::min<unsigned long>(column.width, 1'000'000));
    }
    return out;
}

// What the driver does not tell is taken as the mapping declares it; what the mapping leaves open may be anything. Of
// an expression nothing but its name is told.
LegacyNode as_far_as_told(const LegacyNode& declared, LegacyNode live, const Column& column) {
    if (column.table.empty()) return declared;
    if (!column.nullable_known) live.optional = live.nillable = declared.optional;
    if (live.type != declared.type) return live;
    bool open = declared.length == 0 || live.length == 0;
    if (open) live.length = declared.length;
    if (open) live.fraction = declared.fraction;
    return live;
}

void compare(const RowsQuery& query, const std::vector<Column>& columns, Examined& out) {
    LegacyNode live;
    for (const Column& column : columns) {
        LegacyNode node = node_of(column);
        const LegacyNode* declared = query.row.child(column.name);
        live.children.push_back(declared ? as_far_as_told(*declared, std::move(node), column) : std::move(node));
    }
    for (auto& change : shape_changes(query.row, live, false)) {
        // That a column may be NULL says all that 'optional' would.
        if (change.kind == "optional" || change.kind == "required") continue;
        out.changes.push_back({Part::answer, std::move(change), 0});
    }
}

void refused(Examined& out, const SqlFault& fault, int line) {
    out.changes.push_back({Part::call, {"refused", {}, "", fault.state + ": " + fault.detail}, line});
}

// A fault when the connection is of no use any more.
Fault examine_query(Connection& connection, CallGuard& guard, const RowsQuery& query, Examined& out) {
    std::vector<Column> columns;
    Fault fault = connection.describe(query.sql, guard, columns);
    if (!fault) return compare(query, columns, out), Fault();
    if (fault->kind != SqlFault::Kind::other) return fault;
    return refused(out, *fault, 0), Fault();
}

Fault examine(Connection& connection, CallGuard& guard, const Plan& plan, Examined& out) {
    if (const auto* query = std::get_if<RowsQuery>(&plan.call())) return examine_query(connection, guard, *query, out);
    const auto* transaction = std::get_if<RowsTransaction>(&plan.call());
    if (!transaction) return {};
    for (const auto& statement : transaction->statements)
        for (const std::string& sql : {statement.sql, statement.duplicate_sql}) {
            if (sql.empty()) continue;
            Fault fault = connection.check(sql, guard);
            if (!fault) continue;
            if (fault->kind != SqlFault::Kind::other) return fault;
            refused(out, *fault, statement.line);
        }
    if (transaction->answer) return examine_query(connection, guard, *transaction->answer, out);
    return {};
}

}  // namespace

Result<Examination> examine_sql(ConnectionPool& pool, const std::vector<const Plan*>& plans, CallGuard& guard) {
    auto connection = pool.take();
    if (!connection) return connection.error();
    Examination out;
    for (const Plan* plan : plans) {
        Examined examined{plan, {}};
        if (Fault fault = examine(**connection, guard, *plan, examined)) {
            connection->drop();
            bool late = fault->kind == SqlFault::Kind::cancelled;
            return Error{late ? ErrorKind::deadline_exceeded : ErrorKind::system_unavailable,
                         late ? "the system did not answer in time" : "the database can't be asked",
                         fault->state + ": " + fault->detail};
        }
        out.plans.push_back(std::move(examined));
    }
    return out;
}

}  // namespace headgate::odbc
