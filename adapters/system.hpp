// System: the port behind which every protocol stands. An adapter carries one call out: plan, bytes, plan again.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/examination.hpp"
#include "base/async.hpp"
#include "base/call_context.hpp"
#include "base/http_client.hpp"
#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/document/source.hpp"
#include "contracts/registry/registry.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

class ControlNumbers;
class IncomingFiles;

// Borrowed for the duration of the call; what a blocking driver needs is copied out of it first.
struct SystemCall {
    const Operation* operation = nullptr;  // set when the contract itself is spoken (adapter http)
    const Plan* plan = nullptr;            // set when a mapping translates
    Value message;                         // the request message
    Builder& builder;                      // where the answer is built
    const CallContext& context;
    DriftLog* drift = nullptr;  // told what the answer holds beyond what the mapping knows; nullptr: nobody asks
};

struct SystemReply {
    int status = 200;  // in the contract's terms; a candidate may answer any declared status
    Value message;     // null when there is no body
};

// One object a worker, used on that worker's thread alone; process-wide parts (pools, connections) sit in its
// SystemHost. Errors: overloaded (bulkhead full), deadline_exceeded, system_unavailable, system_fault, rejected (with
// `code`), bad_answer, outcome_unknown: a write that may have been sent and whose end nobody saw. Of an operation that
// is not safe overloaded, deadline_exceeded and system_unavailable say that the system has nothing of it.
class System {
  public:
    virtual ~System() = default;
    virtual Task<Result<SystemReply>> call(const SystemCall& call) = 0;
    // Makes what the call would send and sends nothing: an order that can't be told to a system is refused before it is
    // taken, with the pointer of what does not fit (invalid_message). No I/O; the document lives in the call's builder.
    virtual Result<void> rehearse(const SystemCall& call) {
        if (!call.plan) return Done{};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) return std::move(legacy).error();
        return Done{};
    }
    // Cheap proof of life for /readyz?verbose.
    virtual Task<Result<void>> probe(const CallContext& context) = 0;
    // Holds the system against what these mappings of it were made for; bounded in time by the context, and in size.
    // Fails with system_unavailable where it can't be looked at, configuration where there is nothing to look at.
    virtual Task<Result<Examination>> examine(std::vector<const Plan*>, const CallContext&) {
        co_return Error{ErrorKind::configuration,
                        "a system of this adapter tells nothing that could be held against it"};
    }
};

// What configuration says about a system; `settings` keeps the whole mapping node so that each adapter reads its own
// keys and reports faults with their place.
struct SystemSpec {
    std::string name;     // shop
    std::string adapter;  // soap
    std::string folder;   // relative paths in settings are relative to this (the configuration's folder)
    std::shared_ptr<const SourceFile> file;
    const SourceNode* settings = nullptr;
};

// One configured system, process-wide: limits, pools, connections. Outlives the Systems made from it.
class SystemHost {
  public:
    virtual ~SystemHost() = default;
    virtual std::unique_ptr<System> for_worker(HttpClient& http) = 0;
    virtual milliseconds deadline() const = 0;  // for one call
    // Where what is sent gets its control numbers; borrowed. Given before the first call, and again at each reload.
    virtual void number_by(ControlNumbers&) {}
    // Where files lie that the system gives; nullptr: it gives none. Lives as long as this.
    virtual IncomingFiles* incoming() { return nullptr; }
    // Nothing, or why this plan can't be carried out by this adapter (an X12 drop on a soap system).
    virtual std::string refuses(const Plan& plan) const = 0;
    // Ends its pools; no call may be started after. Idempotent.
    virtual void shut_down() {}
};

// nullptr, with diagnostics, when the settings are wrong. The table of adapters is in adapters/adapters.cpp.
std::unique_ptr<SystemHost> open_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
