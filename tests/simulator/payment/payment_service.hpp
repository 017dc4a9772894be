// The payment provider's JSON service: authorise, capture, cancel, look up. Amounts are in minor units.
#pragma once

#include "tests/simulator/http/server.hpp"
#include "tests/simulator/payment/payment_book.hpp"

namespace simulator {

// Borrows book and quirks; handle() and busy() may run on many threads at once.
class PaymentService {
  public:
    explicit PaymentService(PaymentBook& book, const Quirks& quirks = no_quirks()) : book_(book), quirks_(quirks) {}
    HttpAnswer handle(const HttpRequest& request);
    HttpAnswer busy(const HttpRequest& request) const;  // 503, code 96

  private:
    KeptAnswer authorise(const std::string& body, PaymentBook::Hand& hand) const;
    KeptAnswer capture(const std::string& id, const std::string& body, PaymentBook::Hand& hand) const;
    KeptAnswer cancel(const std::string& id, PaymentBook::Hand& hand) const;
    HttpAnswer look_up(const HttpRequest& request) const;

    PaymentBook& book_;
    const Quirks& quirks_;
};

}  // namespace simulator
