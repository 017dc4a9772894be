// What the retailer says about an article: names, category, texts, pictures; drawn from its number alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulator {

struct Category {
    std::string wgr;   // the legacy key: six digits
    std::string name;  // UTF-8
};
const std::vector<Category>& categories();

struct ArticleTexts {
    std::string name, brand, text;       // UTF-8, with umlauts and characters that XML escapes
    const Category* category = nullptr;  // borrowed from categories()
    std::string ean;                     // 13 digits with a right check digit
    std::vector<std::string> pictures;   // addresses, the first is the main one; may be none
    int weight_grams = 0;
    bool discontinued = false;
};

ArticleTexts texts_of(std::string_view sku);

}  // namespace simulator
