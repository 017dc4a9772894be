// A call of a JSON API: what is sent of the document that a plan wrote, and what an answer means.
#pragma once

#include <optional>

#include "mappings/formats/openapi/api_message.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

// Fails with invalid_message, whose pointer is the contract's where the place has one.
Result<WrittenRequest> write_api_call(const Plan& plan, const ApiCall& call, const Value& document);

// The contract's message. Fails with rejected, system_unavailable or system_fault as `faults:` says, `unnamed` where it
// says nothing of a refusal, bad_answer. `request`, `drift`: as of Plan::to_contract.
Result<Value> read_api_call(const Plan& plan, const ApiCall& call, const ApiAnswer& answer, const Value& request,
                            Builder& builder, DriftLog* drift, ErrorKind unnamed = ErrorKind::system_fault);

// An answer of success that `faults:` names is a refusal. `body`: of the answer.
std::optional<Error> refused_with_success(const Plan& plan, const ApiCall& call, int status, const Value& body);

}  // namespace headgate
