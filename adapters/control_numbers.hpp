// ControlNumbers: the port by which interchanges that are sent get their numbers: one sequence for each pair of sender
// and receiver, durable, without gaps of our own making.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace headgate {

// Thread-safe; blocks, so never on a worker.
class ControlNumbers {
  public:
    virtual ~ControlNumbers() = default;
    // The number of `key` (what is sent, by its name) in the sequence: the same for ever; a new key's is the next one,
    // from 1 to 999,999,999 and then from 1 again. `on_behalf`: of which order, so that an acknowledgement of the
    // number finds it; empty: of none. Fails with system_unavailable when that can't be made durable; it is to be asked
    // again then.
    virtual Result<std::uint32_t> number_for(const std::string& sequence, const std::string& key,
                                             const std::string& on_behalf) = 0;
};

}  // namespace headgate
