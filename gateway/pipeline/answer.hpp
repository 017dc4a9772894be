// Answers held against the contract, the same way for the serving side and the shadow side.
#pragma once

#include <optional>

#include "adapters/system.hpp"
#include "base/result.hpp"
#include "contracts/registry/registry.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {

// The declared content that an answer is told in: the one that the caller wants most among those whose schema the
// message fits. `wanted` is false when the caller accepts none of them; nullptr: no body is declared, or none fits.
const Content* content_of(const Operation& operation, const SystemReply& reply, std::string_view accept, bool& wanted);

// Nothing when the answer keeps the contract; else bad_answer: its message is safe, its detail names each place.
std::optional<Error> disagreement(const Operation& operation, const SystemReply& reply);
// Status, content type and bytes of an answer that keeps it; not_acceptable where the caller takes none of its types.
std::optional<Error> write_reply(const Operation& operation, const SystemReply& reply, std::string_view accept,
                                 OutgoingResponse& response);

}  // namespace headgate
