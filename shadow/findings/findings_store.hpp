// FindingsStore: the port behind which evidence survives a restart; wiring binds it to the gateway's store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "shadow/findings/finding.hpp"

namespace headgate {

// Blocking; called from wiring's saver thread and at start, never from a worker.
class FindingsStore {
  public:
    virtual ~FindingsStore() = default;
    // Replaces what is stored of that operation, atomically.
    virtual Result<void> save(const OperationEvidence& evidence) = 0;
    virtual Result<std::vector<OperationEvidence>> load() = 0;
};

// The payload in which a store keeps it: JSON with a version. Reading checks everything; what was in flight when it was
// written has been lost with its process and counts as dropped_stopped, so that the tally still adds up.
std::string write_evidence(const OperationEvidence& evidence);
Result<OperationEvidence> read_evidence(std::string_view json);

}  // namespace headgate
