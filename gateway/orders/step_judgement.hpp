// What an answer or error of a system means for a step of an order. No I/O.
#pragma once

#include "adapters/system.hpp"
#include "gateway/orders/rows.hpp"
#include "gateway/orders/work_runner.hpp"

namespace headgate::orders {

// Done, with cross-reference and event, unless the reply's `step.outcome` says rejected: then held. `xref` members of
// the reply are pairings: {"xref": {"shop": "123"}}.
StepOutcome judge_reply(const store::Work& item, const SystemReply& reply, std::int64_t now_ms);
// What the other side refused, or what the order can't be turned into, is held: the same again changes nothing until
// somebody does something. All else is tried again, for ever.
StepOutcome judge_error(const store::Work& item, const Error& error, std::int64_t now_ms);
// The same for giving stock back: never held, for held stock is lost stock.
StepOutcome judge_release(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms);

}  // namespace headgate::orders
