// Judges evidence: pure, given the values.
#include "tests/simulator/check/invariants.hpp"

#include <algorithm>

namespace simulator {

Verdict judge(const Evidence& evidence) {
    Verdict verdict;
    verdict.problems = evidence.stock_faults;
    std::map<std::string, int> at_shop, at_warehouse;
    for (const auto& id : evidence.shop_ext_ids) ++at_shop[id];
    for (const auto& [id, file] : evidence.warehouse_orders) ++at_warehouse[id];
    for (const auto& [id, count] : at_shop)
        if (count > 1)
            verdict.problems.push_back("order " + id + " is " + std::to_string(count) + " times at the shop");
    for (const auto& [id, count] : at_warehouse)
        if (count > 1)
            verdict.problems.push_back("order " + id + " is " + std::to_string(count) + " times at the warehouse");

    std::map<std::string, std::string> key_of;  // order id -> key
    std::map<std::string, std::string> order_of;
    for (const auto& order : evidence.acknowledged) {
        if (!key_of.emplace(order.order_id, order.key).second && key_of[order.order_id] != order.key)
            verdict.problems.push_back("order " + order.order_id + " was acknowledged for two keys");
        if (!order_of.emplace(order.key, order.order_id).second && order_of[order.key] != order.order_id)
            verdict.problems.push_back("key " + order.key + " was acknowledged as two orders");
    }
    for (const auto& [id, key] : key_of) {
        if (at_shop.count(id) == 0) verdict.open.push_back("order " + id + " is not at the shop");
        if (at_warehouse.count(id) == 0) verdict.open.push_back("order " + id + " is not at the warehouse");
        const auto reservation = evidence.reservations.find(id);
        if (reservation == evidence.reservations.end() || reservation->second != 'A')
            verdict.problems.push_back("order " + id + " has no active reservation");
        else if (evidence.reservations_with_lines.count(id) == 0)
            verdict.problems.push_back("order " + id + " has a reservation without positions");
    }
    for (const auto& [id, count] : at_warehouse)
        if (at_shop.count(id) == 0) verdict.open.push_back("order " + id + " is at the warehouse and not at the shop");
    // Without a list of acknowledged orders the shop's are all that can stand behind a reservation.
    for (const auto& [id, status] : evidence.reservations)
        if (status == 'A' && key_of.count(id) == 0 && at_shop.count(id) == 0) verdict.orphans.push_back(id);
    for (const auto& [id, count] : at_shop) {
        const auto reservation = evidence.reservations.find(id);
        if (reservation == evidence.reservations.end() || reservation->second != 'A')
            verdict.problems.push_back("order " + id + " is at the shop without an active reservation");
    }
    std::sort(verdict.problems.begin(), verdict.problems.end());
    verdict.problems.erase(std::unique(verdict.problems.begin(), verdict.problems.end()), verdict.problems.end());
    return verdict;
}

void write_evidence(JsonText& out, const Evidence& evidence) {
    out.strings("extIds", evidence.shop_ext_ids);
    std::vector<std::string> picked, active;
    for (const auto& [id, file] : evidence.warehouse_orders) picked.push_back(id);
    for (const auto& [id, status] : evidence.reservations)
        if (status == 'A') active.push_back(id);
    out.strings("orderIds", picked);
    out.strings("activeReservations", active);
}

}  // namespace simulator
