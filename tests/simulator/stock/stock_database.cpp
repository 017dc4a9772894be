// SQLite by its own API, other databases through unixODBC; the same statements for all.
#include "tests/simulator/stock/stock_database.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

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
        for (const auto& sql : first_rows(table.name)) database.run(sql);
    }
    if (!database.has_table("SIM_SEED"))
        for (const auto& sql : stock_statements(catalog)) database.run(sql);
    database.run("COMMIT");
}

void fill_stock(OdbcConnection& connection, const Catalog& catalog) {
    if (connection.works("SELECT COUNT(*) FROM SIM_SEED")) return;
    for (const auto& table : stock_tables()) {
        connection.run(table.create);
        for (const auto& sql : first_rows(table.name)) connection.run(sql);
    }
    for (const auto& sql : stock_statements(catalog)) connection.run(sql);
}

std::string stock_connection(const std::string& path) {
    return "Driver=SQLite3;Database=" + path + ";Timeout=2000;NoCreat=1;";
}

std::unique_ptr<RowSource> StockPlace::open(int busy_ms) const {
    if (!connection.empty()) return std::make_unique<OdbcConnection>(connection);
    return std::make_unique<Database>(path, Database::Mode::write, busy_ms);
}

std::vector<StockRow> StockReader::rows(const std::string& sku) {
    if (sku.find('\'') != std::string::npos) return {};
    std::vector<StockRow> rows;
    for (const auto& values : source_->rows("SELECT LAG, BEST, RES, SICH, KZ, WE_DAT, UPD FROM LAGBST WHERE ARTNR='" +
                                            padded(sku) + "' ORDER BY LAG")) {
        const auto text = [&](std::size_t column) { return values.at(column).value_or(""); };
        const auto number = [&](std::size_t column) {
            return std::llround(std::strtod(text(column).c_str(), nullptr));
        };
        StockRow row;
        row.store = static_cast<int>(number(0));
        row.on_hand = number(1);
        row.reserved = number(2);  // NULL reads as 0
        row.safety = number(3);
        row.state = text(4);
        row.receipt = receipt_date(number(5));
        row.as_of = instant_of_local(text(6));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace simulator
