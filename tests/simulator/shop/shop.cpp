// Which operation a request is, and what the warehouse tells.
#include "tests/simulator/shop/shop.hpp"

#include <algorithm>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/embedded.hpp"
#include "tests/simulator/shop/order_content.hpp"
#include "tests/simulator/shop/request.hpp"

namespace simulator {

struct Shop::Entry {
    std::string_view name, element;  // of SOAPAction and of soap:Body
    Operation run;
};

const std::vector<Shop::Entry>& Shop::operations() {
    static const std::vector<Entry> all{{"priceQuery", "preisAnfrage", &Shop::price_query},
                                        {"promotionList", "aktionenLesen", &Shop::promotion_list},
                                        {"orderCreate", "auftragAnlegen", &Shop::create_order},
                                        {"orderStatus", "auftragStatus", &Shop::order_status},
                                        {"orderRead", "auftragLesen", &Shop::read_order},
                                        {"orderCancel", "auftragStornieren", &Shop::cancel_order},
                                        {"articleRead", "artikelLesen", &Shop::read_articles},
                                        {"articleList", "artikelListe", &Shop::list_articles},
                                        {"articleDetail", "artikelDetail", &Shop::article_detail},
                                        {"articleMedia", "artikelMedien", &Shop::article_media},
                                        {"categoryList", "warengruppenListe", &Shop::list_categories},
                                        {"categoryRead", "warengruppeLesen", &Shop::read_category},
                                        {"promotionSearch", "aktionenSuche", &Shop::search_promotions},
                                        {"promotionRead", "aktionLesen", &Shop::read_promotion},
                                        {"basketPrice", "warenkorbPreis", &Shop::basket_price},
                                        {"refundCreate", "gutschriftAnlegen", &Shop::create_refund},
                                        {"refundStatus", "gutschriftStatus", &Shop::refund_status}};
    return all;
}

Shop::Shop(const Catalog& catalog, OrderBook& orders, RefundBook& refunds, const Quirks& quirks)
    : catalog_(catalog), orders_(orders), refunds_(refunds), quirks_(quirks), check_(shop_wsdl) {}

HttpAnswer Shop::refuse(const ShopFault& fault) const {
    if (fault.code == "E0001") ++refused_;
    return told(fault);
}

HttpAnswer Shop::answer(const std::string& name, const std::string& content) const {
    const auto more = quirks_.now_and_then(Quirk::unknown_element) ? element("hinweis", "neu ab V3.7") : "";
    return soap_answer("<" + name + " xmlns=\"" + check_.target_namespace() + "\">" + content + more + "</" + name +
                       ">");
}

HttpAnswer Shop::busy(const HttpRequest&) const {
    return told({"E9001", "System ausgelastet, bitte später versuchen"});
}

HttpAnswer Shop::told(const ShopFault& fault) const {
    auto answer = soap_fault(check_.target_namespace(), fault);
    if (quirks_.on(Quirk::fault_200)) answer.status = 200;
    return answer;
}

std::string Shop::artnr(const std::string& sku) const {
    std::string text = sku;
    if (quirks_.on(Quirk::padded_keys)) text.resize(std::max<std::size_t>(text.size(), 18), ' ');
    return element("artnr", text);
}

std::string Shop::pieces(const char* name, std::int64_t count) const {
    return element(name, std::to_string(count) + (quirks_.on(Quirk::decimal_pieces) ? ".000" : ""));
}

std::string Shop::state_of(const ShopOrder& order, const std::string& state) const {
    if (quirks_.now_and_then(Quirk::unknown_code)) return element("stat", "Q7");
    const bool other = quirks_.on(Quirk::two_codes) && order.ext_id.back() % 2 == 0;
    return element("stat", other && state == "VS" ? "60" : other && state == "ST" ? "90" : state);
}

std::string Shop::point(const char* name, const std::string& german, const char* sentinel) const {
    if (!german.empty()) return element(name, german);
    if (quirks_.on(Quirk::date_sentinels)) return element(name, sentinel);
    return "<" + std::string(name) + " xsi:nil=\"true\"/>";
}

HttpAnswer Shop::handle(const HttpRequest& http) const {
    if (http.path != "/shop") return problem(http, 404, "Not Found", http.path);
    if (http.method == "GET" && http.query.count("wsdl") != 0) {
        std::string wsdl(shop_wsdl);
        constexpr std::string_view written = "http://127.0.0.1:7001/shop";
        if (const auto at = wsdl.find(written); at != std::string::npos)
            wsdl.replace(at, written.size(), "http://" + http.header("host") + "/shop");
        return {200, "text/xml; charset=utf-8", wsdl};
    }
    if (http.method != "POST") return problem(http, 405, "Method Not Allowed", http.method);
    SoapRequest request;
    ShopFault fault;
    if (!read_soap(http, check_.target_namespace(), request, fault)) return refuse(fault);
    if (const auto misfit = check_.check(request.body)) return refuse(wrong(misfit->place, misfit->why));
    const auto element = local_name(request.body);
    for (const auto& entry : operations())
        if (request.operation == entry.name && element == entry.element) return (this->*entry.run)(request.body);
    return refuse(wrong("SOAPAction", request.operation + " does not go with " + std::string(element)));
}

std::optional<ShopOrder> Shop::order_of(pugi::xml_node request, ShopFault& fault) const {
    const auto number = text_at(request, "auftrNr"), ext_id = text_at(request, "extId");
    if (number.empty() == ext_id.empty()) {
        fault = wrong(std::string(local_name(request)) + "/auftrNr", "either auftrNr or extId");
        return std::nullopt;
    }
    ShopOrder order;
    const auto found = ext_id.empty() ? orders_.by_number(number)
                                      : (orders_.find(ext_id, order) ? std::optional(order) : std::nullopt);
    if (!found) fault = {"E1003", "Auftrag unbekannt"};
    return found;
}

bool Shop::picking(const std::string& order) {
    bool goes_on = true;
    orders_.change(order, [&](const ShopOrder& known) -> std::optional<ShopEvent> {
        goes_on = known.state != "ST" && known.state != "X";
        if (!goes_on || known.state == "KOM" || known.state == "VS" || known.state == "TV") return std::nullopt;
        return ShopEvent{known.ext_id, "KOM", german_local_text(now())};
    });
    return goes_on;
}

bool Shop::shipped(const Shipment& shipment) {
    bool goes_on = true;
    orders_.change(shipment.order, [&](const ShopOrder& known) -> std::optional<ShopEvent> {
        goes_on = known.state != "ST" && known.state != "X";
        if (!goes_on || known.shipment == shipment.number) return std::nullopt;
        ShopEvent event{known.ext_id, "VS", german_local_text(now()), "", shipment.number, shipment.carrier, {}};
        auto left = shipment.pieces;
        for (const auto& position : content_of(known).positions) {
            auto open = position.open();
            for (auto& [sku, pieces] : left) {
                const auto taken = sku == position.sku ? std::min(open, pieces) : 0;
                if (taken > 0) event.lines[position.number].shipped += taken;
                open -= taken;
                pieces -= taken;
            }
            if (open > 0) event.state = "TV";
        }
        return event;
    });
    return goes_on;
}

}  // namespace simulator
