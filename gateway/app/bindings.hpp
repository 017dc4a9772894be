// Bindings: the ports of other rooms, bound to the store.
#pragma once

#include "gateway/routing/route_state.hpp"
#include "gateway/store/store.hpp"
#include "shadow/findings/findings_store.hpp"

namespace headgate {

// Route changes as records (the current one) and events (the history), with an audit row each. Borrows the store.
class StoredRoutes final : public RouteStore {
  public:
    explicit StoredRoutes(store::Store& store) : store_(store) {}
    Result<std::vector<RouteChange>> history(const std::string& operation) override;
    Result<void> append(const std::string& operation, const RouteChange& change) override;

  private:
    store::Store& store_;
};

// The evidence of each operation as one record. Borrows the store.
class StoredFindings final : public FindingsStore {
  public:
    explicit StoredFindings(store::Store& store) : store_(store) {}
    Result<void> save(const OperationEvidence& evidence) override;
    Result<std::vector<OperationEvidence>> load() override;

  private:
    store::Store& store_;
};

}  // namespace headgate
