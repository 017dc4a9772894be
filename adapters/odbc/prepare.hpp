// From a plan's legacy document to what a driver gets: parameters as bytes, lists expanded, batches split.
#pragma once

#include <vector>

#include "adapters/odbc/work.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::odbc {

// One query a batch. A list parameter becomes as many `?` as it has values; its length is rounded up to a power of two
// by repeating the last value (the same set to IN), so that few different statements are prepared. An empty list is
// NULL.
Result<std::vector<Query>> prepare_queries(const RowsQuery& call, const Value& document, const Charset& charset);

// The steps of a transaction, statement by statement, item by item.
Result<Transaction> prepare_transaction(const RowsTransaction& call, const Value& document, const Charset& charset);

}  // namespace headgate::odbc
