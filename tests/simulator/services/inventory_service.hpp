// inventory-service: the new service that speaks inventory.v2 itself, over the same stock.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/http/server.hpp"
#include "tests/simulator/services/defects.hpp"
#include "tests/simulator/stock/stock_database.hpp"

namespace simulator {

// Borrows catalog and defects. handle() may run on many threads at once; each takes a reader from a small pool.
class InventoryService {
  public:
    InventoryService(StockPlace stock, const Catalog& catalog, const Defects& defects);
    HttpAnswer handle(const HttpRequest& request);
    HttpAnswer busy(const HttpRequest& request) const;
    // While the stock database is made to fail, answers come from a copy: the new service has its own storage.
    void freeze();
    void thaw();

  private:
    using Rows = std::unordered_map<std::string, std::vector<StockRow>>;
    std::vector<std::vector<StockRow>> read(const std::vector<std::string>& skus);

    StockPlace stock_;
    const Catalog& catalog_;
    const Defects& defects_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<StockReader>> idle_;
    std::shared_ptr<const Rows> frozen_;
};

}  // namespace simulator
