// Exchange: one request on its way through the stages, with all that they learn of it. Owned by one worker's coroutine.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "base/call_context.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"
#include "gateway/net/http_server.hpp"
#include "gateway/pipeline/worker_view.hpp"
#include "gateway/routing/share.hpp"

namespace headgate {

struct Exchange {
    const IncomingRequest& request;
    OutgoingResponse& response;
    std::shared_ptr<WorkerView> worker;  // the snapshot with which this exchange began
    Arena& arena;                        // everything the exchange builds; nothing may point into it afterwards
    Builder& builder;
    SteadyTime begun;

    CallContext context = {};
    OperationMatch match = {};              // after match_operation
    OperationView* operation = nullptr;     // after match_operation
    const CallerConfig* caller = nullptr;   // after identify_caller; nullptr: anonymous
    Value message = {};                     // after read_message: the request message
    const Operation* over = nullptr;        // after cross_bridge: the version that answers, where it is another
    Value asked = {};                       // the same, as the caller sent it, whatever a later stage makes of it
    std::string_view customer = {};         // after pick_side; empty: unknown
    Side side = Side::legacy;               // after pick_side
    bool mirrored = false;                  // after mirror_copy: a copy is on its way and will hear the answer's bytes
    std::optional<SystemReply> reply = {};  // after answer or capture; its message is checked by check_answer

    std::optional<Error> failure = {};     // set once; no later stage runs
    std::vector<SchemaIssue> issues = {};  // of the request message

    void fail(Error error) {
        if (!failure) failure = std::move(error);
    }
};

}  // namespace headgate
