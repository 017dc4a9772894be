// Answers held against the contract, the same way for the serving side and the shadow side.
#pragma once

#include <optional>

#include "adapters/system.hpp"
#include "base/result.hpp"
#include "contracts/registry/registry.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {

// Nothing when the answer keeps the contract; else bad_answer: its message is safe, its detail names each place.
std::optional<Error> disagreement(const Operation& operation, const SystemReply& reply);
// Status, content type and bytes of an answer that keeps it.
void write_reply(const SystemReply& reply, OutgoingResponse& response);

}  // namespace headgate
