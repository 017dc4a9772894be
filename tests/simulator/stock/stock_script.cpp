// Seeds with the vendor's habits: padded keys, NULL beside zero, date sentinels, blocked and discontinued rows, rows
// that owe more than they have, UPD in summer and winter time.
#include "tests/simulator/stock/stock_script.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/embedded.hpp"

namespace simulator {
namespace {

constexpr std::size_t rows_a_statement = 200;

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

struct Store {
    const char *name, *type, *gln, *postal_code, *city, *pickup, *street, *country, *services;
};
constexpr std::array<Store, store_count> stores{
    {{"ZENTRALLAGER GREVEN", "Z", "4012345000016", "48268", "GREVEN", "N", "HANSARING 9", "DE", "RTVS"},
     {"FILIALE KOELN SUED", "F", "4012345000023", "50968", "KOELN", "J", "BONNER STRASSE 211", "DE", "ABRT"},
     {"FILIALE MUENCHEN", "F", "4012345000030", "80331", "MUENCHEN", "J", "SENDLINGER STRASSE 14", "DE", "ABRT"},
     {"FILIALE OSNABRUECK", "F", "", "49074", "OSNABRUECK", "J", "GROSSE STRASSE 60", "DE", "ABRT"},
     {"OUTLET WEIL AM RHEIN", "F", "", "79576", "WEIL AM RHEIN", "N", "HAUPTSTRASSE 435", "DE", "RT"},
     {"FILIALE LINZ (AT)", "F", "4012345000061", "4020", "LINZ", "J", "LANDSTRASSE 17-25", "AT", "ABRT"}}};

// From 1 January 2024 on, ten years.
constexpr int calendar_days = 3653;
int calendar_day(int number) {
    const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::January / 1 / 2024} +
                                          std::chrono::days{number}};
    return static_cast<int>(day.year()) * 10000 + static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
           static_cast<int>(static_cast<unsigned>(day.day()));
}

std::string padded_literal(std::string_view sku) {
    std::string text(sku);
    text.resize(std::max<std::size_t>(text.size(), 18), ' ');
    return "'" + text + "'";
}

std::string row_literal(const std::string& sku, int store, const Seeded& row) {
    const auto number = [](std::int64_t value, bool none) { return none ? "NULL" : std::to_string(value); };
    return "(" + padded_literal(sku) + "," + std::to_string(store) + "," + number(row.on_hand, false) + "," +
           number(row.reserved, row.no_reserved) + "," + number(row.safety, row.no_safety) + ",'" + row.state +
           "','ST'," + number(row.receipt, false) + ",'" + row.changed + "')";
}

}  // namespace

std::vector<StockTable> stock_tables() {
    std::string sql;
    std::string_view rest = stock_sql;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        if (line.substr(0, 2) != "--") sql.append(line).append("\n");
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    std::vector<StockTable> tables;
    for (std::size_t from = 0, end = sql.find(';'); end != std::string::npos;
         from = end + 1, end = sql.find(';', from)) {
        const auto statement = sql.substr(from, end - from);
        constexpr std::string_view start = "CREATE TABLE ";
        const auto name = statement.find(start) + start.size();
        tables.push_back({statement.substr(name, statement.find(' ', name) - name), statement});
    }
    return tables;
}

std::vector<std::string> first_rows(const std::string& table) {
    std::vector<std::string> rows;
    int number = 0;
    for (const auto& s : stores) {
        const auto place = std::to_string(++number) + ",'";
        if (table == "FIL")
            rows.push_back(place + s.name + "','" + s.type + "','" + s.gln + "','" + s.postal_code + "','" + s.city +
                           "','" + s.pickup + "'");
        if (table == "FILADR") rows.push_back(place + s.street + "','" + s.country + "',0");
        for (std::string_view services = s.services; table == "FILLEIST" && !services.empty();
             services.remove_prefix(2))
            rows.push_back(place + std::string(services.substr(0, 2)) + "'");
    }
    if (table == "KALTAG")
        for (int day = 0; day < calendar_days; ++day)
            rows.push_back(std::to_string(calendar_day(day)) + "," + std::to_string(day + 1));
    std::vector<std::string> statements;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % rows_a_statement == 0) statements.push_back("INSERT INTO " + table + " VALUES ");
        statements.back() += (i % rows_a_statement == 0 ? "(" : ",(") + rows[i] + ")";
    }
    return statements;
}

std::vector<std::string> stock_statements(const Catalog& catalog) {
    std::vector<std::string> statements{
        "CREATE TABLE SIM_SEED (ARTNR CHAR(18) NOT NULL, LAG INTEGER NOT NULL, BEST DECIMAL(9,3), RES DECIMAL(9,3), "
        "SICH DECIMAL(9,3), PRIMARY KEY (ARTNR, LAG))"};
    std::string sql;
    std::size_t rows = 0;
    for (const auto& article : catalog.articles()) {
        if (!article.has_stock_rows) continue;
        for (int store = 1; store <= store_count; ++store) {
            sql += (sql.empty() ? "INSERT INTO LAGBST VALUES " : ",") +
                   row_literal(article.sku, store, draw_row(catalog.seed(), article.sku, store));
            if (++rows % rows_a_statement != 0) continue;
            statements.push_back(std::move(sql));
            sql.clear();
        }
    }
    if (!sql.empty()) statements.push_back(std::move(sql));
    statements.push_back("INSERT INTO SIM_SEED SELECT ARTNR, LAG, BEST, COALESCE(RES,0), COALESCE(SICH,0) FROM LAGBST");
    return statements;
}

std::vector<std::string> snapshot_statements(const std::string& day) {
    return {"DELETE FROM LAGSNAP WHERE SNAPDAT = " + day, "INSERT INTO LAGSNAP SELECT " + day +
                                                              ", ARTNR, LAG, BEST, COALESCE(RES,0), "
                                                              "COALESCE(SICH,0), KZ FROM LAGBST"};
}

}  // namespace simulator
