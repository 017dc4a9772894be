// StoredUsage: the callers' usage as records of the store, one an operation, caller and build.
#pragma once

#include <vector>

#include "contracts/usage/usage_book.hpp"
#include "gateway/store/store.hpp"

namespace headgate {

// Blocking; used from the main thread. Borrows the store.
class StoredUsage {
  public:
    explicit StoredUsage(store::Store& store) : store_(store) {}
    // Writes what changed since the last save, all of it or nothing; what can't be written comes with the next.
    Result<void> save(UsageBook& book);
    Result<std::vector<UsageRecord>> load();

  private:
    store::Store& store_;
};

}  // namespace headgate
