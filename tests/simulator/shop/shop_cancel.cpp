// Cancelling an order or some of its positions: what has been shipped or cancelled is refused, whole.
#include <algorithm>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/order_content.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

// What stands against cancelling these positions (none: all that are left); empty code: nothing.
ShopFault against(const ShopOrder& order, const ShopOrderContent& content, const std::vector<std::string>& numbers) {
    if (order.state == "ST") return {"E2002", "Auftrag bereits storniert"};
    if (order.state == "X") return {"E2004", "Auftrag abgelehnt"};
    if (numbers.empty() && (order.state == "VS" || order.state == "TV")) return {"E2001", "Auftrag bereits versandt"};
    for (const auto& number : numbers) {
        const auto position = std::find_if(content.positions.begin(), content.positions.end(),
                                           [&](const ShopPosition& p) { return p.number == number; });
        if (position == content.positions.end()) return {"E2005", "Position unbekannt: " + number};
        if (position->state.cancelled > 0) return {"E2002", "Position bereits storniert", position->sku};
        if (position->state.shipped > 0) return {"E2001", "Position bereits versandt", position->sku};
    }
    return {};
}

}  // namespace

HttpAnswer Shop::cancel_order(pugi::xml_node request) const {
    ShopFault fault;
    const auto known = order_of(request, fault);
    if (!known) return refuse(fault);
    std::vector<std::string> numbers;
    for (const auto& node : all_named(request, "posNr")) numbers.push_back(text_content(node));
    ShopEvent event;
    orders_.change(known->ext_id, [&](const ShopOrder& order) -> std::optional<ShopEvent> {
        const auto content = content_of(order);
        fault = against(order, content, numbers);
        if (!fault.code.empty()) return std::nullopt;
        event = {order.ext_id, "", german_local_text(now()), text_at(request, "grund"), "", "", {}};
        bool anything_left = false;
        for (const auto& position : content.positions) {
            const bool meant =
                numbers.empty() || std::find(numbers.begin(), numbers.end(), position.number) != numbers.end();
            if (meant && position.open() > 0) event.lines[position.number].cancelled = position.open();
            anything_left = anything_left || (!meant && position.state.cancelled < position.pieces);
        }
        event.state = anything_left ? order.state : "ST";
        return event;
    });
    if (!fault.code.empty()) return refuse(fault);
    std::string content = element("auftrNr", known->auftr_nr) + element("extId", known->ext_id) +
                          state_of(*known, event.state) + element("storniert", event.at);
    std::vector<std::string> cancelled;
    for (const auto& [number, line] : event.lines) cancelled.push_back(number);
    std::sort(cancelled.begin(), cancelled.end());
    for (const auto& number : cancelled) content += element("posNr", number);
    return answer("auftragStorniert", content);
}

}  // namespace simulator
