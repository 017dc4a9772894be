// The blocking part of a call: a query, or a transaction of several statements; runs on a pool's thread and owns all
// that it touches.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/odbc/pool.hpp"
#include "base/deadline.hpp"

namespace headgate::odbc {

struct Query {
    std::string sql;
    std::vector<Parameter> parameters;
    ReadLimits limits;
};

// Retries a locked database within the deadline and a lost connection once: a query has no effect.
Result<RowSet> run_query(ConnectionPool& pool, const Query& query, CallGuard& guard, Deadline deadline);

// One statement with its parameters; a statement over a list is one step an item.
struct Step {
    std::string sql;
    std::vector<Parameter> parameters;
    std::size_t statement = 0;  // steps of one statement share it
    int expect_rows = -1;
    std::string on_mismatch, on_duplicate;
    std::string pointer;  // into the contract's message, for a business refusal
    std::string place;    // mapping line and item, for the log
    std::string duplicate_sql;
    std::vector<Parameter> duplicate_parameters;
    std::map<std::string, std::string> duplicate_outcomes;
};
struct Transaction {
    std::vector<Step> steps;
    std::optional<Query> answer = {};  // asked behind the steps, before the commit
};

// All steps or none, and what the query then sees; no rows where nothing is asked. Business outcomes are `rejected`
// with code and pointer. outcome_unknown only where a commit's end was not seen; everything before it is rolled back
// and says so by another kind.
Result<RowSet> run_transaction(ConnectionPool& pool, const Transaction& transaction, CallGuard& guard,
                               Deadline deadline);

}  // namespace headgate::odbc
