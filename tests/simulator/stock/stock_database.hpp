// The stock database file: created and seeded once, read by the parts, and judged against what was seeded.
#pragma once

#include <cstdint>
#include <memory>
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

// Where the stock database is: an SQLite file, or behind unixODBC.
struct StockPlace {
    std::string path;        // of the file; also there, as it was seeded, when the database is elsewhere
    std::string connection;  // for unixODBC; empty: the file it is
    std::unique_ptr<RowSource> open(int busy_ms = 2000) const;
};

// One connection of its own; one thread at a time.
class StockReader {
  public:
    explicit StockReader(const StockPlace& place) : source_(place.open()) {}
    std::vector<StockRow> rows(const std::string& sku);  // by store; a number with a quote has none
    // What is read between begin and end is of one moment.
    void begin() { source_->begin(); }
    void end() { source_->end(); }

  private:
    std::unique_ptr<RowSource> source_;
};

}  // namespace simulator
