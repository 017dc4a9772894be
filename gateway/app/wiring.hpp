// Gateway: the whole process, put together by constructors in one file; started, reloaded and drained from here.
#pragma once

#include <memory>
#include <string>

#include "base/diagnostics.hpp"
#include "base/result.hpp"

namespace headgate {

// Used on the main thread alone.
class Gateway {
  public:
    // Loads, opens the state, listens. An Error's detail holds diagnostics, one a line.
    static Result<std::unique_ptr<Gateway>> start(const std::string& config_path);
    ~Gateway();

    // Whole or not at all: on an Error the snapshot in force stays. Addresses, workers and state file keep until
    // restart.
    Result<void> reload();
    // Writes the comparison evidence and the callers' usage to the store.
    void save_evidence();
    // Stops accepting, answers what has begun, ends the background work in order; bounded by limits.drain_ms.
    void drain();

    std::string api_address() const;
    std::string admin_address() const;

  private:
    struct Parts;
    explicit Gateway(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace headgate
