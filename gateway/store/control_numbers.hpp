// StoredControlNumbers: control numbers of interchanges as records of the store: a counter for each sequence, and what
// number each key has.
#pragma once

#include "adapters/control_numbers.hpp"
#include "gateway/store/store.hpp"

namespace headgate::store {

// The collection of a sequence's numbers that were sent: the payload is on whose behalf. `due_ms` is since when nobody
// has acknowledged one; nothing: it is acknowledged, or nobody waits for it.
std::string numbers_sent(const std::string& sequence);

// Borrows store and clock.
class StoredControlNumbers : public ControlNumbers {
  public:
    explicit StoredControlNumbers(Store& store, const Clock& clock = system_clock()) : store_(store), clock_(clock) {}
    Result<std::uint32_t> number_for(const std::string& sequence, const std::string& key,
                                     const std::string& on_behalf) override;

  private:
    Result<std::uint32_t> standing(const std::string& collection, const std::string& key, std::int64_t* revision) const;

    Store& store_;
    const Clock& clock_;
};

}  // namespace headgate::store
