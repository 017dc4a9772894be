// Refunds for an order's lines: never more pieces than were ordered, never more money than they cost.
#include <algorithm>

#include "tests/simulator/shop/order_content.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

std::string refund_xml(const Refund& refund, const std::string& auftr_nr) {
    return element("gutNr", refund.number) + element("extId", refund.ext_id) + element("auftrNr", auftr_nr) +
           element("stat", refund_state(refund.booked, now())) + element("summe", euros(refund.cents)) +
           "<waehr>EUR</waehr>" + element("angelegt", german_local_text(refund.booked));
}

// Fills the event's lines; what stands against the refund, or an empty code.
ShopFault against(const Refund& refund, const ShopOrder& order, ShopEvent& event) {
    const auto content = content_of(order);
    std::int64_t sum = 0;
    for (const auto& line : refund.lines) {
        const auto position = std::find_if(content.positions.begin(), content.positions.end(),
                                           [&](const ShopPosition& p) { return p.number == line.position; });
        if (position == content.positions.end()) return {"E2005", "Position unbekannt: " + line.position};
        auto& booked = event.lines[line.position].refunded;
        booked += line.pieces;
        if (position->state.refunded + booked > position->pieces)
            return {"E3001", "Menge größer als bestellt", position->sku};
        if (line.cents > position->cents * line.pieces) return {"E3002", "Betrag größer als bezahlt", position->sku};
        sum += line.cents;
    }
    if (sum != refund.cents) return wrong("gut/summe", "is not the sum of the lines");
    return {};
}

}  // namespace

HttpAnswer Shop::create_refund(pugi::xml_node request) const {
    const auto node = named(request, "gut");
    Refund refund;
    refund.ext_id = node.attribute("extId").value();
    if (refund.ext_id.empty()) return refuse(wrong("gut/@extId", "empty"));
    if (text_at(node, "waehr") != "EUR") return refuse(wrong("gut/waehr", "only EUR"));
    const auto auftr_nr = text_at(node, "auftrNr");
    const auto order = orders_.by_number(auftr_nr);
    if (!order) return refuse({"E1003", "Auftrag unbekannt"});
    refund.order = order->ext_id;
    refund.reason = text_at(node, "grund");
    refund.cents = cents_of(text_at(node, "summe"));
    refund.booked = now();
    for (const auto& pos : all_named(node, "pos")) {
        if (!is_positive(text_at(pos, "menge"))) return refuse(wrong("gut/pos/menge", "not positive"));
        if (!is_positive(text_at(pos, "betrag"))) return refuse(wrong("gut/pos/betrag", "not positive"));
        refund.lines.push_back(
            {pos.attribute("nr").value(), pieces_of(text_at(pos, "menge")), cents_of(text_at(pos, "betrag"))});
    }
    ShopFault fault;
    Refund kept;
    orders_.change(order->ext_id, [&](const ShopOrder& known) -> std::optional<ShopEvent> {
        if (const auto before = refunds_.find(refund.ext_id, "")) {
            kept = *before;
            if (kept.order != refund.order || kept.cents != refund.cents)
                fault = {"E3003", "Gutschrift unter dieser Nummer bereits vorhanden"};
            return std::nullopt;
        }
        ShopEvent event{known.ext_id, "", german_local_text(refund.booked), "", "", "", {}};
        fault = against(refund, known, event);
        if (!fault.code.empty()) return std::nullopt;
        bool repeated = false;
        kept = refunds_.book(refund, repeated);
        return event;
    });
    return fault.code.empty() ? answer("gutschriftAntwort", refund_xml(kept, auftr_nr)) : refuse(fault);
}

HttpAnswer Shop::refund_status(pugi::xml_node query) const {
    const auto number = text_at(query, "gutNr"), ext_id = text_at(query, "extId");
    if (number.empty() == ext_id.empty()) return refuse(wrong("gutschriftStatus/gutNr", "either gutNr or extId"));
    const auto refund = refunds_.find(ext_id, number);
    if (!refund) return refuse({"E1005", "Gutschrift unbekannt"});
    ShopOrder order;
    orders_.find(refund->order, order);
    return answer("gutschriftAntwort", refund_xml(*refund, order.auftr_nr));
}

}  // namespace simulator
