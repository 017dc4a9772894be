// Asks a database what the columns of the mappings' queries are today, and whether it still takes their statements. All
// is prepared and nothing executed.
#pragma once

#include <vector>

#include "adapters/examination.hpp"
#include "adapters/odbc/pool.hpp"

namespace headgate::odbc {

// Blocks. Fails with system_unavailable where the database can't be reached.
Result<Examination> examine_sql(ConnectionPool& pool, const std::vector<const Plan*>& plans, CallGuard& guard);

}  // namespace headgate::odbc
