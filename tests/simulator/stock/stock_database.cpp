// Seeds the stock database with the vendor's habits: padded keys, NULL beside zero, date sentinels, blocked and
// discontinued rows, rows that owe more than they have, UPD in summer and winter time.
#include "tests/simulator/stock/stock_database.hpp"

#include <cmath>
#include <cstdio>

#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/embedded.hpp"

namespace simulator {
namespace {

constexpr std::size_t sku_width = 18;

std::string padded(std::string_view sku) {
    std::string out(sku);
    out.resize(std::max(out.size(), sku_width), ' ');
    return out;
}

struct Seeded {
    std::int64_t on_hand, reserved, safety;
    bool no_reserved, no_safety;
    std::string state;
    std::int64_t receipt;
    std::string changed;
};

Seeded draw_row(std::uint64_t seed, const std::string& sku, int store) {
    Dice dice(number_for(seed, sku, 100 + static_cast<std::uint64_t>(store)));
    Seeded row{};
    // The first store is the large warehouse; the others hold a few pieces, or none.
    row.on_hand =
        store == 1 ? 4000 + static_cast<std::int64_t>(dice.below(5000)) : static_cast<std::int64_t>(dice.below(60));
    if (store != 1 && dice.below(8) == 0) row.on_hand = 0;
    row.reserved = static_cast<std::int64_t>(dice.below(4));
    row.no_reserved = dice.below(4) == 0;
    row.safety = static_cast<std::int64_t>(dice.below(3));
    row.no_safety = dice.below(4) == 0;
    if (store != 1 && dice.below(25) == 0) row.reserved = row.on_hand + 2;  // owes more than it has
    if (row.no_reserved) row.reserved = 0;
    if (row.no_safety) row.safety = 0;
    constexpr std::string_view rare_states = "SQL";
    const auto state = dice.below(20);
    row.state = store != 1 && state < 3 ? std::string(1, rare_states[state]) : state % 2 == 0 ? " " : "A";
    const auto receipt = dice.below(5);
    row.receipt = receipt < 2 ? 0 : receipt == 2 ? 99991231 : 20261200 + static_cast<std::int64_t>(1 + dice.below(28));
    char changed[32];
    const bool summer = dice.below(2) == 0;
    std::snprintf(changed, sizeof changed, "2026-%s-%02d %02d:%02d:%02d", summer ? "07" : "11",
                  static_cast<int>(1 + dice.below(20)), static_cast<int>(dice.below(24)),
                  static_cast<int>(dice.below(60)), static_cast<int>(dice.below(60)));
    row.changed = changed;
    return row;
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
    if (database.has_table("SIM_SEED")) return;
    database.run("BEGIN IMMEDIATE");
    database.run(std::string(stock_sql));
    database.run(
        "CREATE TABLE SIM_SEED (ARTNR CHAR(18), LAG INTEGER, BEST DECIMAL(9,3), RES DECIMAL(9,3), "
        "SICH DECIMAL(9,3), PRIMARY KEY (ARTNR, LAG))");
    Statement insert(database, "INSERT INTO LAGBST VALUES (?,?,?,?,?,?,'ST',?,?)");
    for (const auto& article : catalog.articles()) {
        if (!article.has_stock_rows) continue;
        for (int store = 1; store <= store_count; ++store) {
            const auto row = draw_row(catalog.seed(), article.sku, store);
            insert.bind(1, padded(article.sku)).bind(2, std::int64_t{store}).bind(3, row.on_hand);
            row.no_reserved ? insert.bind_null(4) : insert.bind(4, row.reserved);
            row.no_safety ? insert.bind_null(5) : insert.bind(5, row.safety);
            insert.bind(6, row.state).bind(7, row.receipt).bind(8, row.changed);
            insert.step();
            insert.reset();
        }
    }
    database.run("INSERT INTO SIM_SEED SELECT ARTNR, LAG, BEST, COALESCE(RES,0), COALESCE(SICH,0) FROM LAGBST");
    database.run("COMMIT");
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
