// Draws articles, prices and promotions from the seed.
#include "tests/simulator/catalog/articles.hpp"

#include <cstdio>

#include "tests/simulator/catalog/random.hpp"

namespace simulator {

const std::vector<Promotion>& promotions() {
    static const std::vector<Promotion> all = {
        // 15 % of an odd price hardly ever ends on a whole cent: where the rounding error shows.
        {"A17", "Herbstaktion für Gäste", 150, "2026-09-01 00:00:00", "2026-12-31 23:59:59"},
        {"B05", "Weiße Wochen: Größen übrig", 200, "2026-11-02 08:00:00", ""},
        {"C99", "Café & Küche: 3 € gespart <online>", 100, "2026-10-25 00:00:00", "2027-03-28 03:00:00"},
    };
    return all;
}

Catalog::Catalog(std::uint64_t seed) : seed_(seed) {
    articles_.reserve(article_count + 1);
    for (int i = 0; i < article_count; ++i) {
        Article article;
        char sku[16];
        // Every article number is 100 apart plus a seeded rest: most numbers in between are unknown.
        std::snprintf(sku, sizeof sku, "HG-1%05d",
                      20000 + i * 100 + static_cast<int>(number_for(seed, "sku", static_cast<std::uint64_t>(i)) % 100));
        article.sku = sku;
        const auto draw = number_for(seed, article.sku);
        article.list_cents = 199 + static_cast<std::int64_t>(draw % 19800);
        switch (number_for(seed, article.sku, 1) % 10) {
            case 0:
            case 1:
            case 2: article.promotion = &promotions()[0]; break;
            case 3: article.promotion = &promotions()[1]; break;
            case 4: article.promotion = &promotions()[2]; break;
            default: break;
        }
        article.has_stock_rows = number_for(seed, article.sku, 2) % 40 != 0;  // a few have a price and no stock record
        articles_.push_back(std::move(article));
    }
    articles_.push_back({std::string(sold_out_sku), 4711, nullptr, true});
    for (std::size_t i = 0; i < articles_.size(); ++i) by_sku_.emplace(articles_[i].sku, i);
}

const Article* Catalog::find(std::string_view sku) const {
    const auto found = by_sku_.find(std::string(sku));
    return found == by_sku_.end() ? nullptr : &articles_[found->second];
}

std::string location_id(int store) {
    char text[16];
    std::snprintf(text, sizeof text, "ST-%04d", store);
    return text;
}

}  // namespace simulator
