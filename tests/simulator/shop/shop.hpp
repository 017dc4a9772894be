// The shop: a SOAP service that knows prices and takes orders, as its WSDL says and as awkwardly as its comments say.
#pragma once

#include <atomic>
#include <string>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/shop/order_book.hpp"
#include "tests/simulator/shop/soap.hpp"
#include "tests/simulator/shop/wsdl_check.hpp"

namespace simulator {

// Borrows catalog and order book. handle() and busy() may run on many threads at once.
class Shop {
  public:
    Shop(const Catalog& catalog, OrderBook& orders);
    HttpAnswer handle(const HttpRequest& http) const;
    HttpAnswer busy(const HttpRequest& http) const;     // E9001
    std::uint64_t refused() const { return refused_; }  // wrong requests, E0001

  private:
    HttpAnswer price_query(pugi::xml_node query) const;
    HttpAnswer create_order(pugi::xml_node order) const;
    HttpAnswer order_status(pugi::xml_node query) const;
    HttpAnswer refuse(const ShopFault& fault) const;

    const Catalog& catalog_;
    OrderBook& orders_;
    WsdlCheck check_;
    mutable std::atomic<std::uint64_t> refused_{0};
};

}  // namespace simulator
