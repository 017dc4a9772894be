// The storefront platform: carts behind a JSON API of its own (storefront.yaml), with amounts as decimal texts.
#pragma once

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/storefront/cart_book.hpp"

namespace simulator {

// Borrows catalogue, book and quirks; handle() and busy() may run on many threads at once.
class Storefront {
  public:
    Storefront(const Catalog& catalog, CartBook& book, const Quirks& quirks = no_quirks())
        : catalog_(catalog), book_(book), quirks_(quirks) {}
    HttpAnswer handle(const HttpRequest& request);
    HttpAnswer busy(const HttpRequest& request) const;  // 503, OVERLOADED

  private:
    using Act = CartBook::Act;
    HttpAnswer read(const HttpRequest& request, const std::string& id, const std::string& part) const;
    HttpAnswer change(const HttpRequest& request, const std::string& id, const std::string& part);
    Act open(const std::string& body, std::size_t number) const;
    Act edit(Cart cart, const std::string& method, const std::string& part, const std::string& body) const;
    Act put_line(Cart cart, int position, const std::string& body) const;
    Act put_shipping(Cart cart, const std::string& body) const;
    bool is_sold(const CartLine& line, const std::string& channel) const;
    Act kept(Cart cart, int status) const;

    const Catalog& catalog_;
    CartBook& book_;
    const Quirks& quirks_;
};

}  // namespace simulator
