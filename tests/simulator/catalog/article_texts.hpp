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
const std::vector<Category>& categories();  // those that articles are in
// All of them with those above, in the order in which they are shown: 010000 stands above 010100 and 010200.
const std::vector<Category>& category_tree();
std::string category_above(const std::string& wgr);  // empty: it is a topmost one
bool is_in_category(const std::string& wgr, const std::string& category);

struct ArticleTexts {
    std::string name, brand, text;       // UTF-8, with umlauts and characters that XML escapes
    const Category* category = nullptr;  // borrowed from categories()
    std::string ean;                     // 13 digits with a right check digit
    std::vector<std::string> pictures;   // addresses, the first is the main one; may be none
    int weight_grams = 0;
    bool discontinued = false;
    std::string group, variant;  // articles of one group differ in the variant; empty: of none
    int length_mm = 0, width_mm = 0, height_mm = 0;
    std::string origin;  // ISO 3166
    bool reduced_tax = false;
    std::string changed;       // local time, "yyyy-MM-dd HH:mm:ss"
    std::string on_sale_from;  // "yyyy-MM-dd"; empty: nobody knows
};

ArticleTexts texts_of(std::string_view sku);

}  // namespace simulator
