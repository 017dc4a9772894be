// The stock database as SQL text that SQLite, PostgreSQL and MariaDB all take: schema, seeded rows, the nightly
// snapshot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"

namespace simulator {

struct StockTable {
    std::string name, create;  // its statement
};
std::vector<StockTable> stock_tables();  // of stock.sql, in its order
// What a table begins with: the stores, the calendar. Of most tables nothing.
std::vector<std::string> first_rows(const std::string& table);
// Fills LAGBST, and SIM_SEED, a table the legacy system knows nothing of: what was seeded, to judge by.
std::vector<std::string> stock_statements(const Catalog& catalog);
// Replaces the snapshot of a day ("yyyyMMdd").
std::vector<std::string> snapshot_statements(const std::string& day);

}  // namespace simulator
