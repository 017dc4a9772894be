// What the warehouse sends, and when.
#include <algorithm>
#include <cstdio>

#include "tests/simulator/catalog/random.hpp"
#include "tests/simulator/warehouse/documents.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"

namespace simulator {
namespace {

constexpr auto again_after = std::chrono::seconds(1);  // when a file could not be written

// One order in twenty lacks a piece of its first line, as stock on paper and on the shelf differ.
Shipment shipment_of(const PickOrder& order, std::uint64_t seed) {
    const auto draw = number_for(seed, order.order_id, 945);
    char number[24];
    std::snprintf(number, sizeof number, "S%012llu", static_cast<unsigned long long>(draw % 1000000000000ULL));
    Shipment shipment{order.order_id, number, draw % 3 == 0 ? "DPDE" : "DHLG", {}};
    long total = 0;
    for (const auto& line : order.lines) {
        shipment.pieces.emplace_back(line.sku, line.quantity);
        total += line.quantity;
    }
    if (draw % 20 == 0 && total > 1) --shipment.pieces.front().second;
    return shipment;
}

ReturnReceipt receipt_of(const PickOrder& order, std::uint64_t seed) {
    Dice dice(number_for(seed, order.order_id, 180));
    constexpr const char* remarks[] = {"", "zu groß", "Karton \"beschädigt\"; Inhalt heil", "gefällt nicht für 20 €"};
    constexpr const char* reasons[] = {"01", "02", "03", "05", "99"};
    const auto& line = order.lines[dice.below(order.lines.size())];
    return {"R" + order.order_id.substr(0, 19),
            order.order_id,
            {{line.number, line.sku, 1, "AAABC"[dice.below(5)], reasons[dice.below(5)], remarks[dice.below(4)]}}};
}

}  // namespace

bool Warehouse::comes_back(const std::string& order) const {
    return static_cast<double>(number_for(options_.seed, order, 181) % 10000) < options_.return_share * 10000;
}

void Warehouse::schedule(Due::Kind kind, int after_ms, PickOrder order, bool accepted, std::string file) {
    if (after_ms < 0) return;
    due_.push_back(
        {Clock::now() + std::chrono::milliseconds(after_ms), kind, std::move(order), accepted, std::move(file)});
}

void Warehouse::resume(PickOrder order) {
    if (!outbox_->sent("997", "pick-" + order.order_id + ".940"))
        schedule(Due::acknowledgement, options_.acknowledge_ms, order, true, "pick-" + order.order_id + ".940");
    if (!outbox_->sent("945", order.order_id))
        schedule(Due::advice, options_.ship_ms, std::move(order));
    else if (comes_back(order.order_id) && !outbox_->sent("return", order.order_id))
        schedule(Due::receipt, options_.return_ms, std::move(order));
}

void Warehouse::send_due(Clock::time_point at) {
    std::vector<Due> ready;
    {
        const std::lock_guard lock(mutex_);
        const auto later =
            std::stable_partition(due_.begin(), due_.end(), [at](const Due& due) { return due.at > at; });
        ready.assign(std::make_move_iterator(later), std::make_move_iterator(due_.end()));
        due_.erase(later, due_.end());
    }
    std::stable_sort(ready.begin(), ready.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
    outbox_->drop_again(at);
    // Files are written without the lock: nobody who asks for counts waits for a slow disk.
    for (auto& due : ready) {
        const bool done = send(due);
        const std::lock_guard lock(mutex_);
        if (!done) {
            due.at = at + again_after;
            due_.push_back(std::move(due));
        } else if (due.kind == Due::advice && comes_back(due.order.order_id)) {
            schedule(Due::receipt, options_.return_ms, std::move(due.order));
        }
    }
}

bool Warehouse::send(const Due& due) {
    switch (due.kind) {
        case Due::acknowledgement:
            return outbox_->send({"x12", "997", due.file, "997"}, [&](unsigned number) {
                return acknowledgement_997(due.order, due.accepted, number, now());
            });
        case Due::advice: return send_advice(due.order);
        case Due::receipt:
            return !outbox_->sent("945", due.order.order_id) ||  // cancelled meanwhile: nothing to come back
                   outbox_->send({"csv", "return", due.order.order_id, "csv"}, [&](unsigned) {
                       return return_csv(receipt_of(due.order, options_.seed), now(),
                                         options_.quirks->on(Quirk::cp850) ? "CP850" : "ISO-8859-15");
                   });
    }
    return true;
}

bool Warehouse::send_advice(const PickOrder& order) {
    const auto shipment = shipment_of(order, options_.seed);
    if (!options_.shipped(shipment)) return true;  // cancelled while it was picked
    return outbox_->send({"x12", "945", order.order_id, "945"},
                         [&](unsigned number) { return advice_945(order, shipment, number, now()); });
}

bool Warehouse::send_stock_list(const std::vector<StockListRow>& rows, const std::string& day) {
    const bool ebcdic = options_.list_charset == StockListCharset::ebcdic;
    return outbox_->send({"list", "stock", day, ebcdic ? "ebc" : "txt"},
                         [&](unsigned number) { return stock_list(rows, number, now(), options_.list_charset); });
}

}  // namespace simulator
