// The article master: one by one, and by pages.
#include <algorithm>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/article_xml.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr std::size_t most_articles = 100;

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
    const auto wgr = text_at(query, "wgr"), ean = text_at(query, "ean"), group = text_at(query, "varGrp"),
               since = text_at(query, "abAend");
    const ListPart part = list_part(query);
    if (part.problem == "seite") return refuse(wrong("artikelListe/seite", "counts from 1"));
    if (!part.problem.empty()) return refuse(wrong("artikelListe/groesse", "1 to 50"));
    if (!since.empty() && !is_german_local_text(since))
        return refuse(wrong("artikelListe/abAend", "not dd.MM.yyyy HH:mm:ss"));
    const auto& known = category_tree();
    if (!wgr.empty() && std::none_of(known.begin(), known.end(), [&](const Category& c) { return c.wgr == wgr; }))
        return refuse({"E1004", "Warengruppe unbekannt"});
    std::vector<const Article*> all;
    for (const auto& article : catalog_.articles()) all.push_back(&article);
    std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->sku < b->sku; });
    std::int64_t count = 0;
    std::string lines;
    for (const auto* article : all) {
        const auto texts = texts_of(article->sku);
        if (!wgr.empty() && !is_in_category(texts.category->wgr, wgr)) continue;
        if ((!ean.empty() && texts.ean != ean) || (!group.empty() && texts.group != group)) continue;
        if (!since.empty() && texts.changed < local_of_german(since)) continue;
        if (!part.holds(count++)) continue;
        lines += "\n   <zeile>" + artnr(article->sku) + element("bez", texts.name) +
                 element("wgr", texts.category->wgr) +
                 element_if("bildUrl", texts.pictures.empty() ? "" : texts.pictures.front()) +
                 element("ean", texts.ean) + element_if("varGrp", texts.group) + element("marke", texts.brand) +
                 element("stat", texts.discontinued ? "L" : "A") + element("aend", changed_text(texts)) +
                 main_picture(article->sku, texts) + "</zeile>";
    }
    const auto page = part.first / part.rows + 1;
    return answer("artikelListeAntwort", element("seite", std::to_string(page)) +
                                             element("seiten", std::to_string((count + part.rows - 1) / part.rows)) +
                                             element("gesamt", std::to_string(count)) + lines);
}

}  // namespace simulator
