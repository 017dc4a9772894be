#include "tests/simulator/shop/article_xml.hpp"

#include <cstdlib>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/request.hpp"

namespace simulator {
namespace {

constexpr int most_rows = 50;

}  // namespace

std::string kilograms(int grams) {
    const auto text = std::to_string(grams % 1000);
    return std::to_string(grams / 1000) + "." + std::string(3 - text.size(), '0') + text + "0";
}

std::string main_picture(const std::string& sku, const ArticleTexts& texts) {
    if (texts.pictures.empty()) return {};
    return "<hauptbild>" + element("nr", sku + "-1") + element("url", texts.pictures.front()) +
           element("bez", texts.name) + "</hauptbild>";
}

std::string changed_text(const ArticleTexts& texts) { return german_text(texts.changed); }

ListPart list_part(pugi::xml_node query) {
    const int page = std::atoi(text_at(query, "seite").c_str()), rows = std::atoi(text_at(query, "groesse").c_str());
    if (page < 1) return {0, 0, "seite"};
    if (rows < 1 || rows > most_rows) return {0, 0, "groesse"};
    return {static_cast<std::int64_t>(page - 1) * rows, rows, ""};
}

}  // namespace simulator
