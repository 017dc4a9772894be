// StoredControlNumbers: control numbers of interchanges as records of the store: a counter for each sequence, and what
// number each key has.
#pragma once

#include "adapters/control_numbers.hpp"
#include "gateway/store/store.hpp"

namespace headgate::store {

// Borrows the store.
class StoredControlNumbers : public ControlNumbers {
  public:
    explicit StoredControlNumbers(Store& store) : store_(store) {}
    Result<std::uint32_t> number_for(const std::string& sequence, const std::string& key) override;

  private:
    Result<std::uint32_t> standing(const std::string& collection, const std::string& key, std::int64_t* revision) const;

    Store& store_;
};

}  // namespace headgate::store
