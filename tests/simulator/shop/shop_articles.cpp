// The article master: one by one, and by pages.
#include <algorithm>
#include <cstdlib>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr std::size_t most_articles = 100;
constexpr int most_rows = 50;

std::string kilograms(int grams) {  // 1250 -> 1.2500
    const auto text = std::to_string(grams % 1000);
    return std::to_string(grams / 1000) + "." + std::string(3 - text.size(), '0') + text + "0";
}

std::string article_xml(const std::string& artnr, const std::string& sku) {
    const auto texts = texts_of(sku);
    std::string out = "\n   <artikel>" + artnr + element("ean", texts.ean) + element("bez", texts.name) +
                      element("marke", texts.brand) + element("wgr", texts.category->wgr) +
                      element("wgrBez", texts.category->name) + element("langText", texts.text) +
                      element("gewicht", kilograms(texts.weight_grams)) +
                      element("kzAusl", texts.discontinued ? "J" : "N");
    for (std::size_t i = 0; i < texts.pictures.size(); ++i)
        out += "<bild lfd=\"" + std::to_string(i + 1) + "\"" + (i == 0 ? " haupt=\"J\"" : "") + ">" +
               element("url", texts.pictures[i]) + "</bild>";
    return out + "</artikel>";
}

}  // namespace

HttpAnswer Shop::read_articles(pugi::xml_node query) const {
    const auto asked = all_named(query, "artnr");
    if (asked.size() > most_articles) return refuse(wrong("artikelLesen/artnr", "more than 100"));
    std::string found, missing;
    for (const auto& node : asked) {
        const auto sku = text_content(node);
        if (catalog_.find(sku) != nullptr)
            found += article_xml(artnr(sku), sku);
        else
            missing += "\n   " + element("fehlend", sku);
    }
    return answer("artikelAntwort", found + missing);
}

HttpAnswer Shop::list_articles(pugi::xml_node query) const {
    const auto wgr = text_at(query, "wgr");
    const int page = std::atoi(text_at(query, "seite").c_str()), rows = std::atoi(text_at(query, "groesse").c_str());
    if (page < 1) return refuse(wrong("artikelListe/seite", "counts from 1"));
    if (rows < 1 || rows > most_rows) return refuse(wrong("artikelListe/groesse", "1 to 50"));
    const auto& known = categories();
    if (!wgr.empty() && std::none_of(known.begin(), known.end(), [&](const Category& c) { return c.wgr == wgr; }))
        return refuse({"E1004", "Warengruppe unbekannt"});
    const auto first = static_cast<std::int64_t>(page - 1) * rows;
    std::int64_t count = 0;
    std::string lines;
    for (const auto& article : catalog_.articles()) {
        const auto texts = texts_of(article.sku);
        if (!wgr.empty() && texts.category->wgr != wgr) continue;
        const auto place = count++;
        if (place < first || place >= first + rows) continue;
        lines += "\n   <zeile>" + artnr(article.sku) + element("bez", texts.name) +
                 element("wgr", texts.category->wgr) +
                 element_if("bildUrl", texts.pictures.empty() ? "" : texts.pictures.front()) + "</zeile>";
    }
    return answer("artikelListeAntwort", element("seite", std::to_string(page)) +
                                             element("seiten", std::to_string((count + rows - 1) / rows)) +
                                             element("gesamt", std::to_string(count)) + lines);
}

}  // namespace simulator
