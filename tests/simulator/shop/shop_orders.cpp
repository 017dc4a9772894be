// Orders: created once, and read.
#include <sstream>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/order_content.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr unsigned recycled_after = 500;

// Positions have numbers where orders have letters.
std::string position_state(const ShopPosition& position, const std::string& order_state) {
    if (position.state.cancelled == position.pieces) return "90";
    if (position.open() == 0) return "60";
    if (position.state.shipped > 0) return "50";
    return order_state == "KOM" ? "20" : "10";
}

}  // namespace

HttpAnswer Shop::create_order(pugi::xml_node request) const {
    const auto order = named(request, "ord");
    const std::string ext_id = order.attribute("extId").value();
    if (ext_id.empty()) return refuse(wrong("ord/@extId", "empty"));
    if (!is_german_local_text(text_at(order, "ordDat"))) return refuse(wrong("ord/ordDat", "not dd.MM.yyyy HH:mm:ss"));
    if (!is_channel(text_at(order, "vkweg"))) return refuse(wrong("ord/vkweg", "unknown code"));
    if (text_at(order, "waehr") != "EUR") return refuse(wrong("ord/waehr", "only EUR"));
    const bool delivered = !named(order, "lief").empty();
    if (delivered == !named(order, "filiale").empty()) return refuse(wrong("ord/lief", "either lief or filiale"));
    if (!delivered && !is_digits(text_at(order, "filiale"))) return refuse(wrong("ord/filiale", "no store number"));
    for (const auto& pos : all_named(order, "pos")) {
        const auto number = text_at(pos, "artnr");
        if (!is_digits(text_at(pos, "lag"))) return refuse(wrong("ord/pos/lag", "no store number"));
        if (!is_positive(text_at(pos, "menge"))) return refuse(wrong("ord/pos/menge", "not positive"));
        if (number == sold_out_sku) return refuse({"E4711", "Artikel nicht lieferbar", number});
        if (catalog_.find(number) == nullptr) return refuse({"E1002", "Artikel unbekannt", number});
    }
    std::ostringstream content;
    order.print(content, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    // Two customers exist so that a person can see what a held and a rejected order look like.
    const auto customer = text_at(named(order, "kunde"), "kdnr");
    const std::string stat = customer == "C-HOLD"     ? "HOLD"
                             : customer == "C-REJECT" ? "X"
                             : ext_id.back() % 2 == 0 ? "P1"
                                                      : "NEW";
    bool repeated = false;
    const auto kept = orders_.place({ext_id, "", stat, german_local_text(now()), content.str()}, repeated,
                                    quirks_.on(Quirk::recycled_keys) ? recycled_after : 0);
    return answer("auftragAngelegt", "<res>" + element("auftrNr", kept.auftr_nr) + element("stat", kept.stat) +
                                         element("angelegt", kept.angelegt) + "</res>");
}

HttpAnswer Shop::order_status(pugi::xml_node query) const {
    ShopOrder order;
    const auto ext_id = text_at(query, "extId");
    if (!orders_.find(ext_id, order)) return refuse({"E1003", "Auftrag unbekannt"});
    return answer("auftragStatusAntwort",
                  element("extId", ext_id) + element("auftrNr", order.auftr_nr) + state_of(order, order.state));
}

HttpAnswer Shop::read_order(pugi::xml_node query) const {
    ShopFault fault;
    const auto order = order_of(query, fault);
    if (!order) return refuse(fault);
    const auto content = content_of(*order);
    const bool cancellable =
        order->state != "VS" && order->state != "TV" && order->state != "ST" && order->state != "X";
    std::string text = "\n   <kopf>" + element("auftrNr", order->auftr_nr) + element("extId", order->ext_id) +
                       state_of(*order, order->state) + point("statDat", order->changed, "01.01.0001 00:00:00") +
                       element("angelegt", order->angelegt) + element("kdnr", content.customer) +
                       element("summe", euros(content.total_cents)) + "<waehr>EUR</waehr>" +
                       element("kzStorno", cancellable ? "J" : "N") + element_if("stornoGrd", order->reason) +
                       "</kopf>";
    for (const auto& position : content.positions)
        text += "\n   <pos nr=\"" + escaped(position.number) + "\">" + artnr(position.sku) +
                element("lag", position.place) + pieces("menge", position.pieces) +
                pieces("mengeGel", position.state.shipped) + pieces("mengeSto", position.state.cancelled) +
                pieces("mengeGut", position.state.refunded) + element("preis", euros(position.cents)) +
                element("posStat", position_state(position, order->state)) + "</pos>";
    if (!order->shipment.empty())
        text += "\n   <sendung>" + element("sendNr", order->shipment) + element("sped", order->carrier) + "</sendung>";
    return answer("auftragLesenAntwort", text);
}

}  // namespace simulator
