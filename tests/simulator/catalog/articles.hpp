// The retailer's articles and stores, derived from the seed alone: parts and traffic agree without talking to each
// other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simulator {

struct Promotion {
    std::string id;
    std::string name;      // UTF-8
    int permille = 0;      // off the list price
    std::string from, to;  // local time Europe/Berlin, "yyyy-MM-dd HH:mm:ss"; `to` may be empty: open-ended
};

struct Article {
    std::string sku;
    std::int64_t list_cents = 0;
    const Promotion* promotion = nullptr;  // borrowed from promotions(), which lives for ever
    bool has_stock_rows = true;
};

const std::vector<Promotion>& promotions();

// Immutable after construction: shared by all threads.
class Catalog {
  public:
    explicit Catalog(std::uint64_t seed);
    std::uint64_t seed() const { return seed_; }
    const std::vector<Article>& articles() const { return articles_; }
    const Article* find(std::string_view sku) const;

  private:
    std::uint64_t seed_;
    std::vector<Article> articles_;
    std::unordered_map<std::string, std::size_t> by_sku_;
};

constexpr int store_count = 6;
std::string location_id(int store);  // 7 -> ST-0007

// Always refused by the shop with E4711 when ordered, although it has a price: an article that is sold out there.
constexpr std::string_view sold_out_sku = "HG-104711";
constexpr int article_count = 200;

}  // namespace simulator
