// What a basket costs, told.
#include <algorithm>
#include <set>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/basket.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr std::size_t most_coupons = 10;

std::string discounts_xml(const std::vector<BasketDiscount>& discounts) {
    std::string out;
    for (const auto& discount : discounts)
        out += "<rabatt nr=\"" + discount.promotion->id + "\">" + element("bez", discount.promotion->name) +
               element("betrag", euros(discount.cents)) + element("waehr", "EUR") + "</rabatt>";
    return out;
}

}  // namespace

HttpAnswer Shop::basket_price(pugi::xml_node query) const {
    if (text_at(query, "waehr") != "EUR") return refuse(wrong("warenkorbPreis/waehr", "only EUR"));
    BasketWish wish{text_at(query, "vkweg"), local_text(now()), {}, ' '};
    for (const auto& coupon : all_named(query, "gutschein")) wish.coupons.push_back(text_content(coupon));
    if (wish.coupons.size() > most_coupons) return refuse(wrong("warenkorbPreis/gutschein", "more than 10"));
    if (const auto kind = text_at(query, "liefArt"); !kind.empty()) wish.delivery = kind[0];
    std::vector<BasketLine> lines;
    std::set<std::string> missing;
    for (const auto& pos : all_named(query, "pos")) {
        const auto sku = text_at(pos, "artnr"), pieces = text_at(pos, "menge");
        if (!is_positive(pieces)) return refuse(wrong("warenkorbPreis/pos/menge", "not positive"));
        if (catalog_.find(sku) == nullptr)
            missing.insert(sku);
        else
            lines.push_back({pos.attribute("nr").value(), sku, pieces_of(pieces)});
    }
    const auto basket = price_basket(catalog_, lines, wish);
    std::string content = element("stand", german_local_text(now()));
    for (const auto& line : basket.lines)
        content += "\n   <pos nr=\"" + line.line.number + "\">" + artnr(line.line.sku) +
                   pieces("menge", line.line.pieces) + element("listPreis", euros(line.list_cents)) +
                   element("aktPreis", euros(line.effective_cents)) + element("waehr", "EUR") +
                   discounts_xml(line.discounts) + element("summe", euros(line.total_cents)) + "</pos>";
    content += "\n   " + element("zwSumme", euros(basket.subtotal_cents)) + discounts_xml(basket.discounts);
    if (basket.delivery_cents >= 0) content += "<versand waehr=\"EUR\">" + euros(basket.delivery_cents) + "</versand>";
    for (const auto& tax : basket.taxes)
        content += "<mwst>" + element("satz", euros(tax.permille * 10)) + element("netto", euros(tax.net_cents)) +
                   element("steuer", euros(tax.tax_cents)) + element("waehr", "EUR") + "</mwst>";
    content += element("summe", euros(basket.total_cents)) + element("waehr", "EUR");
    for (const auto& sku : missing) content += element("fehlend", sku);
    for (const auto& coupon : basket.refused)
        content +=
            "<gutAbl>" + element("code", coupon.code) + element("grund", std::string(1, coupon.why)) + "</gutAbl>";
    return answer("warenkorbAntwort", content);
}

}  // namespace simulator
