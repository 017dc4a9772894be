// The shop's three operations.
#include "tests/simulator/shop/shop.hpp"

#include <algorithm>
#include <sstream>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/embedded.hpp"
#include "tests/simulator/shop/prices.hpp"

namespace simulator {
namespace {

pugi::xml_node named(pugi::xml_node parent, std::string_view name) {
    return parent.find_child([&](pugi::xml_node child) { return local_name(child) == name; });
}

std::string text_at(pugi::xml_node parent, std::string_view name) { return text_content(named(parent, name)); }

bool is_channel(std::string_view code) { return code == "01" || code == "02" || code == "03" || code == "04"; }

bool is_positive(const std::string& decimal) {
    return decimal.find_first_of("123456789") != std::string::npos && decimal[0] != '-';
}

bool is_store(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

ShopFault wrong(const std::string& place, const std::string& why) { return {"E0001", place + ": " + why, "", true}; }

}  // namespace

Shop::Shop(const Catalog& catalog, OrderBook& orders) : catalog_(catalog), orders_(orders), check_(shop_wsdl) {}

HttpAnswer Shop::refuse(const ShopFault& fault) const {
    if (fault.code == "E0001") ++refused_;
    return soap_fault(check_.target_namespace(), fault);
}

HttpAnswer Shop::busy(const HttpRequest&) const {
    return soap_fault(check_.target_namespace(), {"E9001", "System ausgelastet, bitte später versuchen"});
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
    if (request.operation == "priceQuery" && element == "preisAnfrage") return price_query(request.body);
    if (request.operation == "orderCreate" && element == "auftragAnlegen")
        return create_order(named(request.body, "ord"));
    if (request.operation == "orderStatus" && element == "auftragStatus") return order_status(request.body);
    return refuse(wrong("SOAPAction", request.operation + " does not go with " + std::string(element)));
}

HttpAnswer Shop::price_query(pugi::xml_node query) const {
    const auto channel = text_at(query, "vkweg");
    if (!is_channel(channel)) return refuse(wrong("preisAnfrage/vkweg", "unknown code"));
    if (text_at(query, "waehr") != "EUR") return refuse(wrong("preisAnfrage/waehr", "only EUR"));
    std::string found;
    std::vector<std::string> missing;
    for (const auto& pos : query.children()) {
        if (local_name(pos) != "pos") continue;
        const auto number = text_at(pos, "artnr");
        if (!is_positive(text_at(pos, "menge"))) return refuse(wrong("preisAnfrage/pos/menge", "not positive"));
        const auto* article = catalog_.find(number);
        if (article == nullptr) {
            if (std::find(missing.begin(), missing.end(), number) == missing.end()) missing.push_back(number);
            continue;
        }
        const auto price = shop_price(*article, channel);
        found += "\n   <pos><artnr>" + escaped(number) + "</artnr><listPreis>" + euros(price.list_cents) +
                 "</listPreis><aktPreis>" + euros(price.effective_cents) + "</aktPreis><waehr>EUR</waehr>";
        if (const auto* promotion = article->promotion) {
            found += "<aktion nr=\"" + promotion->id + "\"><bez>" + escaped(promotion->name) + "</bez></aktion>";
            found += "<gueltVon>" + german_text(promotion->from) + "</gueltVon>";
            found += promotion->to.empty() ? "<gueltBis xsi:nil=\"true\"/>"
                                           : "<gueltBis>" + german_text(promotion->to) + "</gueltBis>";
        } else {
            found += "<gueltVon>01.01.2026 00:00:00</gueltVon>";
        }
        found += "</pos>";
    }
    std::string answer = "<preisAntwort xmlns=\"" + check_.target_namespace() + "\">\n   <mandant>" +
                         escaped(text_at(query, "mandant")) + "</mandant><stand>" + german_local_text(now()) +
                         "</stand>" + found;
    for (const auto& number : missing) answer += "\n   <fehlend>" + escaped(number) + "</fehlend>";
    return soap_answer(answer + "\n  </preisAntwort>");
}

HttpAnswer Shop::create_order(pugi::xml_node order) const {
    const std::string ext_id = order.attribute("extId").value();
    if (ext_id.empty()) return refuse(wrong("ord/@extId", "empty"));
    if (!is_german_local_text(text_at(order, "ordDat"))) return refuse(wrong("ord/ordDat", "not dd.MM.yyyy HH:mm:ss"));
    if (!is_channel(text_at(order, "vkweg"))) return refuse(wrong("ord/vkweg", "unknown code"));
    if (text_at(order, "waehr") != "EUR") return refuse(wrong("ord/waehr", "only EUR"));
    const bool delivered = !named(order, "lief").empty();
    if (delivered == !named(order, "filiale").empty()) return refuse(wrong("ord/lief", "either lief or filiale"));
    if (!delivered && !is_store(text_at(order, "filiale"))) return refuse(wrong("ord/filiale", "no store number"));
    for (const auto& pos : order.children()) {
        if (local_name(pos) != "pos") continue;
        const auto number = text_at(pos, "artnr");
        if (!is_store(text_at(pos, "lag"))) return refuse(wrong("ord/pos/lag", "no store number"));
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
    const auto kept = orders_.place({ext_id, "", stat, german_local_text(now()), content.str()}, repeated);
    return soap_answer("<auftragAngelegt xmlns=\"" + check_.target_namespace() + "\"><res><auftrNr>" + kept.auftr_nr +
                       "</auftrNr><stat>" + kept.stat + "</stat><angelegt>" + kept.angelegt +
                       "</angelegt></res></auftragAngelegt>");
}

HttpAnswer Shop::order_status(pugi::xml_node query) const {
    ShopOrder order;
    const auto ext_id = text_at(query, "extId");
    if (!orders_.find(ext_id, order)) return refuse({"E1003", "Auftrag unbekannt"});
    return soap_answer("<auftragStatusAntwort xmlns=\"" + check_.target_namespace() + "\"><extId>" + escaped(ext_id) +
                       "</extId><auftrNr>" + order.auftr_nr + "</auftrNr><stat>" + order.stat +
                       "</stat></auftragStatusAntwort>");
}

}  // namespace simulator
