// pricing-service: the new service that speaks pricing.v1 itself, with arithmetic of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "tests/simulator/catalog/articles.hpp"
#include "tests/simulator/http/server.hpp"
#include "tests/simulator/services/defects.hpp"

namespace simulator {

struct ServicePrice {
    std::int64_t list_cents = 0;
    std::int64_t effective_cents = 0;
};

// In hundredths of a cent, rounded half up at the end; `truncate_a17` is the rounding defect.
ServicePrice service_price(const Article& article, std::string_view channel, bool truncate_a17);

// Borrows catalog and defects; handle() may run on many threads at once.
class PricingService {
  public:
    PricingService(const Catalog& catalog, const Defects& defects) : catalog_(catalog), defects_(defects) {}
    HttpAnswer handle(const HttpRequest& request) const;
    HttpAnswer busy(const HttpRequest& request) const;

  private:
    const Catalog& catalog_;
    const Defects& defects_;
};

}  // namespace simulator
