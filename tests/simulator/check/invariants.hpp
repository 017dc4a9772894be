// What must hold whatever was killed or slowed: nothing oversold, nothing doubled, every acknowledged order everywhere
// once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/stock/stock_database.hpp"

namespace simulator {

// One line of a traffic generator's --orders file.
struct Acknowledged {
    std::string order_id, key;
};

// Everything a check looks at; plain values, so that a test can make up a case.
struct Evidence {
    std::vector<std::string> shop_ext_ids;                              // one a line of the order book
    std::vector<std::pair<std::string, std::string>> warehouse_orders;  // order id, file name
    std::map<std::string, char> reservations;                           // RESNR -> STATUS
    std::set<std::string> reservations_with_lines;
    std::vector<std::string> stock_faults;  // sentences about rows of LAGBST
    std::vector<Acknowledged> acknowledged;
};

struct Verdict {
    std::vector<std::string> problems;  // any of these: the check fails
    std::vector<std::string> open;      // steps that are still to come; faults unless they are allowed
    std::vector<std::string> orphans;   // active reservations that no acknowledged order stands behind
    bool ok(bool allow_open) const { return problems.empty() && (allow_open || (open.empty() && orphans.empty())); }
};

Verdict judge(const Evidence& evidence);

// Reads stock's rows against what was seeded, and its reservations. Throws DatabaseError.
void read_stock(const StockPlace& place, Evidence& evidence);
// Adds stock, shop orders and warehouse folders under `dir`; stock from elsewhere when there is a connection. Throws
// DatabaseError.
Evidence read_evidence(const std::string& dir, const std::string& stock_connection = "");
std::vector<Acknowledged> read_acknowledged(const std::string& path);
void write_evidence(JsonText& out, const Evidence& evidence);

}  // namespace simulator
