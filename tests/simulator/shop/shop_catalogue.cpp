// Categories, one article with all that is known of it, its media.
#include <algorithm>
#include <cstdlib>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/article_xml.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

std::string name_of(const std::string& wgr) {
    for (const auto& category : category_tree())
        if (category.wgr == wgr) return category.name;
    return {};
}

std::string centimetres(int millimetres) {
    return std::to_string(millimetres / 10) + "." + std::to_string(millimetres % 10);
}

std::string facts_xml(const ArticleTexts& texts) {
    return "<merkmal nr=\"pflege\">" + element("bez", "Pflege") + element("wert", "nicht heißer als 30 °C") +
           "</merkmal><merkmal nr=\"gewicht-netto\">" + element("bez", "Gewicht ohne Verpackung") +
           element("wert", std::to_string(texts.weight_grams * 9 / 10)) + element("einh", "GRM") + "</merkmal>";
}

}  // namespace

std::string Shop::category_xml(const Category& category) const {
    const auto& tree = category_tree();
    const auto count = std::count_if(catalog_.articles().begin(), catalog_.articles().end(), [&](const auto& article) {
        return is_in_category(texts_of(article.sku).category->wgr, category.wgr);
    });
    const bool above = std::any_of(tree.begin(), tree.end(),
                                   [&](const auto& other) { return category_above(other.wgr) == category.wgr; });
    return "\n   <wgr>" + element("nr", category.wgr) + element_if("ober", category_above(category.wgr)) +
           element("bez", category.name) + element("anzArt", std::to_string(count)) +
           element("kzUnter", above ? "J" : "N") + "</wgr>";
}

HttpAnswer Shop::list_categories(pugi::xml_node query) const {
    const auto above = text_at(query, "ober");
    const ListPart part = list_part(query);
    if (!part.problem.empty()) return refuse(wrong("warengruppenListe/" + part.problem, "1 to 50, from 1"));
    if (!above.empty() && name_of(above).empty()) return refuse({"E1004", "Warengruppe unbekannt"});
    std::int64_t count = 0;
    std::string content;
    for (const auto& category : category_tree())
        if (category_above(category.wgr) == above && part.holds(count++)) content += category_xml(category);
    return answer("warengruppenListeAntwort", element("gesamt", std::to_string(count)) + content);
}

HttpAnswer Shop::read_category(pugi::xml_node query) const {
    const auto number = text_at(query, "nr");
    const auto& tree = category_tree();
    const auto found = std::find_if(tree.begin(), tree.end(), [&](const auto& one) { return one.wgr == number; });
    if (found == tree.end()) return refuse({"E1004", "Warengruppe unbekannt"});
    std::string path;
    if (const auto above = category_above(number); !above.empty())
        path = "<pfad>" + element("nr", above) + element("bez", name_of(above)) + "</pfad>";
    return answer("warengruppeAntwort", category_xml(*found) + path);
}

HttpAnswer Shop::article_detail(pugi::xml_node query) const {
    const auto sku = text_at(query, "artnr");
    if (catalog_.find(sku) == nullptr) return refuse({"E1002", "Artikel unbekannt", sku});
    const auto texts = texts_of(sku);
    std::string variants;
    if (!texts.group.empty())
        variants = "<variante>" + element("bez", "Ausführung") + element("wert", texts.variant) + "</variante>";
    const auto day = texts.on_sale_from;  // yyyy-MM-dd
    return answer("artikelDetailAntwort",
                  artnr(sku) + element("ean", texts.ean) + element_if("varGrp", texts.group) + variants +
                      element("bez", texts.name) + element("marke", texts.brand) + element("langText", texts.text) +
                      element("wgr", texts.category->wgr) + facts_xml(texts) + "<masse>" +
                      element("laenge", centimetres(texts.length_mm)) + element("breite", centimetres(texts.width_mm)) +
                      element("hoehe", centimetres(texts.height_mm)) +
                      element("gewicht", kilograms(texts.weight_grams)) + "</masse>" +
                      element("ursprung", texts.origin) + element("mwst", texts.reduced_tax ? "2" : "1") +
                      element("stat", texts.discontinued ? "L" : "A") +
                      point("vkAb", day.empty() ? day : day.substr(8) + "." + day.substr(5, 2) + "." + day.substr(0, 4),
                            "01.01.0001") +
                      main_picture(sku, texts) + element("aend", changed_text(texts)));
}

HttpAnswer Shop::article_media(pugi::xml_node query) const {
    const auto sku = text_at(query, "artnr");
    const ListPart part = list_part(query);
    if (!part.problem.empty()) return refuse(wrong("artikelMedien/" + part.problem, "1 to 50, from 1"));
    if (catalog_.find(sku) == nullptr) return refuse({"E1002", "Artikel unbekannt", sku});
    const auto texts = texts_of(sku);
    std::int64_t count = 0;
    std::string content;
    for (std::size_t i = 0; i < texts.pictures.size(); ++i) {
        if (!part.holds(count++)) continue;
        content += "<medium>" + element("nr", sku + "-" + std::to_string(i + 1)) + element("art", "B") +
                   element("url", texts.pictures[i]) + element("typ", "image/jpeg") + element("bez", texts.name) +
                   element("breite", "800") + element("hoehe", "600") + "</medium>";
    }
    return answer("artikelMedienAntwort", element("gesamt", std::to_string(count)) + content);
}

}  // namespace simulator
