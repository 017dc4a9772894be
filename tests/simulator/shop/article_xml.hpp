// Parts of answers about articles that several of the shop's operations have.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>

#include "tests/simulator/catalog/article_texts.hpp"

namespace simulator {

std::string kilograms(int grams);  // 1250 -> 1.2500
// <hauptbild>; nothing where there are no pictures.
std::string main_picture(const std::string& sku, const ArticleTexts& texts);
std::string changed_text(const ArticleTexts& texts);  // dd.MM.yyyy HH:mm:ss

// `seite` from 1, `groesse` up to 50.
struct ListPart {
    std::int64_t first = 0, rows = 0;
    std::string problem;  // the element that is wrong
    bool holds(std::int64_t place) const { return place >= first && place < first + rows; }
};
ListPart list_part(pugi::xml_node query);

}  // namespace simulator
