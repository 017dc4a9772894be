// OrderSource: our own order log as a system, for mappings with `source: orders`. Its name in routes is reserved:
// orders.
#pragma once

#include <optional>

#include "adapters/system.hpp"
#include "gateway/orders/orders_view.hpp"
#include "gateway/store/async_store.hpp"

namespace headgate::orders {

inline constexpr const char* order_source_name = "orders";

// One for the process, shared by all snapshots. Errors: rejected with code `not-found` (HTTP 404) where there is no
// such order, and those of AsyncStore.
class OrderSource final : public SystemHost {
  public:
    // Before the first for_worker(); store and readers outlive this.
    void bind(store::AsyncStore store) { store_.emplace(store); }
    bool bound() const { return store_.has_value(); }

    std::unique_ptr<System> for_worker(HttpClient&) override;
    milliseconds deadline() const override { return milliseconds(1000); }
    std::string refuses(const Plan& plan) const override;

  private:
    std::optional<store::AsyncStore> store_;
};

// The document that mappings read (docs/reference/mapping.md); lives in the builder's arena. Fails with internal when
// the log's own text can't be read.
Result<Value> order_document(const OrderDetail& detail, Builder& builder);
// The same of a list of them, of which the order and its steps alone are read.
Result<Value> orders_document(const std::vector<OrderDetail>& orders, Builder& builder);

}  // namespace headgate::orders
