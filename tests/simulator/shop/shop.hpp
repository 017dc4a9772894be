// The shop: a SOAP service that knows articles, prices and promotions and takes orders, as its WSDL says and as
// awkwardly as its comments say.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/quirks/quirks.hpp"
#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/shop/refund_book.hpp"
#include "tests/simulator/shop/soap.hpp"
#include "tests/simulator/shop/wsdl_check.hpp"
#include "tests/simulator/warehouse/shipment.hpp"

namespace simulator {

struct Category;
struct ShopPromotion;

// Borrows catalog, books and quirks. All of it may run on many threads at once.
class Shop {
  public:
    Shop(const Catalog& catalog, OrderBook& orders, RefundBook& refunds, const Quirks& quirks = no_quirks());
    HttpAnswer handle(const HttpRequest& http) const;
    HttpAnswer busy(const HttpRequest& http) const;     // E9001
    std::uint64_t refused() const { return refused_; }  // wrong requests, E0001

    // False: the warehouse must not go on, since the order is cancelled. Of an unknown order it may: the shop has yet
    // to hear of it.
    bool picking(const std::string& order);
    bool shipped(const Shipment& shipment);  // told once more, it has one effect

  private:
    using Operation = HttpAnswer (Shop::*)(pugi::xml_node) const;
    struct Entry;
    static const std::vector<Entry>& operations();

    HttpAnswer price_query(pugi::xml_node query) const;  // shop_prices.cpp
    HttpAnswer promotion_list(pugi::xml_node query) const;
    HttpAnswer create_order(pugi::xml_node request) const;  // shop_orders.cpp
    HttpAnswer order_status(pugi::xml_node query) const;
    HttpAnswer read_order(pugi::xml_node query) const;
    HttpAnswer cancel_order(pugi::xml_node request) const;  // shop_cancel.cpp
    HttpAnswer read_articles(pugi::xml_node query) const;   // shop_articles.cpp
    HttpAnswer list_articles(pugi::xml_node query) const;
    HttpAnswer article_detail(pugi::xml_node query) const;  // shop_catalogue.cpp
    HttpAnswer article_media(pugi::xml_node query) const;
    HttpAnswer list_categories(pugi::xml_node query) const;
    HttpAnswer read_category(pugi::xml_node query) const;
    HttpAnswer search_promotions(pugi::xml_node query) const;  // shop_promotions.cpp
    HttpAnswer read_promotion(pugi::xml_node query) const;
    HttpAnswer basket_price(pugi::xml_node query) const;     // shop_basket.cpp
    HttpAnswer create_refund(pugi::xml_node request) const;  // shop_refunds.cpp
    HttpAnswer refund_status(pugi::xml_node query) const;

    // By number or extId, of which a request has exactly one; else `fault`.
    std::optional<ShopOrder> order_of(pugi::xml_node request, ShopFault& fault) const;
    HttpAnswer refuse(const ShopFault& fault) const;
    HttpAnswer told(const ShopFault& fault) const;
    // Elements whose form depends on quirks.
    std::string artnr(const std::string& sku) const;
    std::string category_xml(const Category& category) const;
    std::string terms_xml(const ShopPromotion& promotion) const;
    std::string pieces(const char* name, std::int64_t count) const;
    std::string state_of(const ShopOrder& order, const std::string& state) const;
    std::string point(const char* name, const std::string& german, const char* sentinel) const;  // empty: none
    HttpAnswer answer(const std::string& name, const std::string& content) const;  // <name xmlns=...>content</name>

    const Catalog& catalog_;
    OrderBook& orders_;
    RefundBook& refunds_;
    const Quirks& quirks_;
    WsdlCheck check_;
    mutable std::atomic<std::uint64_t> refused_{0};
};

}  // namespace simulator
