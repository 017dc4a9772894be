// SQLite by its own API, other databases through unixODBC; the same statements for all.
#include "tests/simulator/stock/stock_database.hpp"

#include <cmath>
#include <cstdio>

#include "tests/simulator/stock/stock_script.hpp"

namespace simulator {
namespace {

constexpr std::size_t sku_width = 18;

std::string padded(std::string_view sku) {
    std::string out(sku);
    out.resize(std::max(out.size(), sku_width), ' ');
    return out;
}

std::string receipt_date(std::int64_t number) {
    if (number <= 0 || number == 99991231) return {};
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(number / 10000 % 10000),
                  static_cast<int>(number / 100 % 100), static_cast<int>(number % 100));
    return text;
}

}  // namespace

void seed_stock(const std::string& path, const Catalog& catalog) {
    Database database(path, Database::Mode::create, 10000);
    // WAL: reading availability never waits for a reservation, as with the databases this one stands for.
    database.run("PRAGMA journal_mode=WAL");
    database.run("BEGIN IMMEDIATE");
    // A folder of an earlier version lacks tables; one whose process was killed while stopped has them under other
    // names.
    for (const auto& table : stock_tables()) {
        if (database.has_table(table.name) || database.has_table(table.name + "_STOPPED")) continue;
        database.run(table.create);
        if (table.name == "FIL")
            for (const auto& sql : store_statements()) database.run(sql);
    }
    if (!database.has_table("SIM_SEED"))
        for (const auto& sql : stock_statements(catalog)) database.run(sql);
    database.run("COMMIT");
}

void fill_stock(OdbcConnection& connection, const Catalog& catalog) {
    if (connection.works("SELECT COUNT(*) FROM SIM_SEED")) return;
    for (const auto& table : stock_tables()) connection.run(table.create);
    for (const auto& sql : store_statements()) connection.run(sql);
    for (const auto& sql : stock_statements(catalog)) connection.run(sql);
}

std::string stock_connection(const std::string& path) {
    return "Driver=SQLite3;Database=" + path + ";Timeout=2000;NoCreat=1;";
}

StockReader::StockReader(const std::string& path)
    : database_(path, Database::Mode::write),
      select_(database_, "SELECT LAG, BEST, RES, SICH, KZ, WE_DAT, UPD FROM LAGBST WHERE ARTNR=? ORDER BY LAG") {}

std::vector<StockRow> StockReader::rows(std::string_view sku) {
    std::vector<StockRow> rows;
    select_.reset();
    select_.bind(1, padded(sku));
    while (select_.step()) {
        StockRow row;
        row.store = static_cast<int>(select_.integer(0));
        row.on_hand = std::llround(select_.number(1));
        row.reserved = std::llround(select_.number(2));  // NULL reads as 0
        row.safety = std::llround(select_.number(3));
        row.state = select_.text(4);
        row.receipt = receipt_date(select_.integer(5));
        row.as_of = instant_of_local(select_.text(6));
        rows.push_back(std::move(row));
    }
    select_.reset();
    return rows;
}

}  // namespace simulator
