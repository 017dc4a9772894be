// Reads evidence from a simulator's folder, also while it runs or after it was killed.
#include <cstdlib>
#include <fstream>

#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/db/database.hpp"
#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"

namespace simulator {
namespace {

// Columns as read_stock asks for them.
void judge_row(const Row& row, Evidence& evidence) {
    const auto text = [&](std::size_t column) { return row.at(column).value_or(""); };
    const auto number = [&](std::size_t column) { return std::strtod(text(column).c_str(), nullptr); };
    const auto fault = [&](const std::string& what) {
        evidence.stock_faults.push_back(text(0) + " at " + text(1) + ": " + what);
    };
    if (!row.at(5)) return fault("a row that was never seeded");
    const double on_hand = number(2), reserved = number(3), safety = number(4);
    if (reserved < 0) fault("reserved is below zero");
    if (number(5) - number(6) - number(7) >= 0 && on_hand - reserved - safety < 0) fault("oversold");
    if (reserved - number(6) != number(8))
        fault("reserved " + text(3) + " is not the seeded " + text(6) + " and " + text(8) + " of active reservations");
    if (on_hand - number(5) != number(9))
        fault("on hand " + text(2) + " is not the seeded " + text(5) + " and " + text(9) + " that came back as new");
}

}  // namespace

void read_stock(const StockPlace& place, Evidence& evidence) {
    std::string away;  // while stock is stopped its tables have other names
    if (place.connection.empty()) {
        Database file(place.path, Database::Mode::write, 10000);
        if (file.has_table("LAGBST_STOPPED")) away = "_STOPPED";
        if (!file.has_table("RUECK" + away))
            throw DatabaseError(place.path + " is of an earlier version: serve it once");
    }
    const auto source = place.open(10000);
    source->begin();
    for (const auto& row : source->rows("SELECT RESNR, STATUS FROM RESKOPF" + away)) {
        const auto status = row[1].value_or("");
        evidence.reservations[row[0].value_or("")] = status.empty() ? '?' : status[0];
    }
    for (const auto& row : source->rows("SELECT DISTINCT RESNR FROM RESPOS" + away))
        evidence.reservations_with_lines.insert(row[0].value_or(""));
    const auto rows = source->rows(
        "SELECT L.ARTNR, L.LAG, L.BEST, COALESCE(L.RES,0), COALESCE(L.SICH,0), S.BEST, S.RES, S.SICH,"
        " COALESCE(R.MENGE,0), COALESCE(Z.MENGE,0) FROM LAGBST" +
        away +
        " L LEFT JOIN SIM_SEED S ON S.ARTNR=L.ARTNR AND S.LAG=L.LAG"
        " LEFT JOIN (SELECT RTRIM(P.ARTNR) AS NR, P.LAG AS PLATZ, SUM(P.MENGE) AS MENGE FROM RESPOS" +
        away + " P JOIN RESKOPF" + away +
        " K ON K.RESNR=P.RESNR WHERE K.STATUS='A' GROUP BY RTRIM(P.ARTNR), P.LAG) R"
        " ON R.NR=RTRIM(L.ARTNR) AND R.PLATZ=L.LAG"
        " LEFT JOIN (SELECT RTRIM(P.ARTNR) AS NR, P.LAG AS PLATZ, SUM(P.MENGE) AS MENGE FROM RUECKPOS" +
        away + " P JOIN RUECK" + away +
        " K ON K.RUECKNR=P.RUECKNR WHERE K.STATUS='B' AND P.ZUST='A' GROUP BY RTRIM(P.ARTNR), P.LAG) Z"
        " ON Z.NR=RTRIM(L.ARTNR) AND Z.PLATZ=L.LAG");
    source->end();
    for (const auto& row : rows) judge_row(row, evidence);
}

Evidence read_evidence(const std::string& dir, const std::string& stock_connection) {
    Evidence evidence;
    // Downstream first: what is at the shop was reserved before, so that a running system shows no false fault.
    for (const auto& order : read_shop_orders(dir + "/shop-orders.jsonl"))
        evidence.shop_ext_ids.push_back(order.ext_id);
    evidence.warehouse_orders = picked_orders(dir + "/wms");
    read_stock({dir + "/stock.db", stock_connection}, evidence);
    return evidence;
}

std::vector<Acknowledged> read_acknowledged(const std::string& path) {
    std::vector<Acknowledged> orders;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        rapidjson::Document json;
        if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) continue;
        orders.push_back({text_member(json, "orderId"), text_member(json, "key")});
    }
    return orders;
}

}  // namespace simulator
