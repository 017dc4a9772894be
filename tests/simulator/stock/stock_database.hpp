// The stock database file: created and seeded once, read by the parts, and judged against what was seeded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/db/database.hpp"
#include "tests/simulator/db/odbc_connection.hpp"

namespace simulator {

// Creates `path` with the legacy schema and seeded rows; an existing database gets at most the tables it lacks.
void seed_stock(const std::string& path, const Catalog& catalog);

// The same for an empty database of another kind; leaves a filled one as it is. Throws DatabaseError.
void fill_stock(OdbcConnection& connection, const Catalog& catalog);

// How other programs reach the file through unixODBC.
std::string stock_connection(const std::string& path);

struct StockRow {
    int store = 0;
    std::int64_t on_hand = 0, reserved = 0, safety = 0;
    std::string state;    // KZ: A, S, Q, L or empty
    std::string receipt;  // yyyy-MM-dd; empty: none
    std::optional<Instant> as_of;
};

// One connection of its own; one thread at a time.
class StockReader {
  public:
    explicit StockReader(const std::string& path);
    std::vector<StockRow> rows(std::string_view sku);  // by store
    // What is read between begin and end is of one moment.
    void begin() { database_.run("BEGIN"); }
    void end() { database_.run("COMMIT"); }

  private:
    Database database_;
    Statement select_;
};

}  // namespace simulator
