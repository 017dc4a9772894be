// Reads evidence from a simulator's folder, also while it runs or after it was killed.
#include <fstream>

#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/db/database.hpp"
#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"

namespace simulator {

void read_stock(const std::string& path, Evidence& evidence) {
    Database database(path, Database::Mode::write, 10000);
    if (!database.has_table("RUECK") && !database.has_table("RUECK_STOPPED"))
        throw DatabaseError(path + " is of an earlier version: serve it once");
    // While stock is stopped its tables have other names.
    const std::string away = database.has_table("LAGBST_STOPPED") ? "_STOPPED" : "";
    database.run("BEGIN");
    Statement headers(database, "SELECT RESNR, STATUS FROM RESKOPF" + away);
    while (headers.step()) evidence.reservations[headers.text(0)] = headers.text(1).empty() ? '?' : headers.text(1)[0];
    Statement positions(database, "SELECT DISTINCT RESNR FROM RESPOS" + away);
    while (positions.step()) evidence.reservations_with_lines.insert(positions.text(0));

    Statement rows(database,
                   "SELECT L.ARTNR, L.LAG, L.BEST, COALESCE(L.RES,0), COALESCE(L.SICH,0), S.BEST, S.RES, S.SICH,"
                   " COALESCE(R.MENGE,0), COALESCE(Z.MENGE,0) FROM LAGBST" +
                       away +
                       " L LEFT JOIN SIM_SEED S ON S.ARTNR=L.ARTNR AND S.LAG=L.LAG"
                       " LEFT JOIN (SELECT RTRIM(P.ARTNR) ARTNR, P.LAG LAG, SUM(P.MENGE) MENGE FROM RESPOS" +
                       away + " P JOIN RESKOPF" + away +
                       " K ON K.RESNR=P.RESNR WHERE K.STATUS='A' GROUP BY 1, 2) R"
                       " ON R.ARTNR=RTRIM(L.ARTNR) AND R.LAG=L.LAG"
                       " LEFT JOIN (SELECT RTRIM(P.ARTNR) ARTNR, P.LAG LAG, SUM(P.MENGE) MENGE FROM RUECKPOS" +
                       away + " P JOIN RUECK" + away +
                       " K ON K.RUECKNR=P.RUECKNR WHERE K.STATUS='B' AND P.ZUST='A' GROUP BY 1, 2) Z"
                       " ON Z.ARTNR=RTRIM(L.ARTNR) AND Z.LAG=L.LAG");
    while (rows.step()) {
        const std::string row = rows.text(0) + " at " + rows.text(1) + ": ";
        const double on_hand = rows.number(2), reserved = rows.number(3), safety = rows.number(4);
        if (rows.is_null(5)) {
            evidence.stock_faults.push_back(row + "a row that was never seeded");
            continue;
        }
        if (reserved < 0) evidence.stock_faults.push_back(row + "reserved is below zero");
        if (rows.number(5) - rows.number(6) - rows.number(7) >= 0 && on_hand - reserved - safety < 0)
            evidence.stock_faults.push_back(row + "oversold");
        if (reserved - rows.number(6) != rows.number(8))
            evidence.stock_faults.push_back(row + "reserved " + rows.text(3) + " is not the seeded " + rows.text(6) +
                                            " and " + rows.text(8) + " of active reservations");
        if (on_hand - rows.number(5) != rows.number(9))
            evidence.stock_faults.push_back(row + "on hand " + rows.text(2) + " is not the seeded " + rows.text(5) +
                                            " and " + rows.text(9) + " that came back as new");
    }
    database.run("COMMIT");
}

Evidence read_evidence(const std::string& dir) {
    Evidence evidence;
    // Downstream first: what is at the shop was reserved before, so that a running system shows no false fault.
    for (const auto& order : read_shop_orders(dir + "/shop-orders.jsonl"))
        evidence.shop_ext_ids.push_back(order.ext_id);
    evidence.warehouse_orders = picked_orders(dir + "/wms");
    read_stock(dir + "/stock.db", evidence);
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
