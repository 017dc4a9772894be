// StepProgress: how far the steps of one message have come: which are called, with what, and what they have answered.
#pragma once

#include "mappings/plan/plan.hpp"

namespace headgate::mappings {

// Lives for one message; values live in the builder's arena and in the request. No I/O.
class StepProgress {
  public:
    StepProgress(const StepCalls& calls, const Value& request, Builder& builder)
        : calls_(calls),
          request_(request),
          builder_(builder),
          answers_(calls.steps.size()),
          kept_(calls.steps.size()) {}

    const CallStep& step(std::size_t index) const { return *calls_.steps[index]; }
    std::size_t size() const { return calls_.steps.size(); }
    // The request, and what has been kept beside it.
    Value message() const;
    // Once what it needs has been answered or left out.
    bool applies(std::size_t index) const { return step(index).applies(message()); }
    // The error names the step.
    Result<void> answered(std::size_t index, const Value& answer);
    // The legacy document of the whole: an answer a step, under its name.
    Value answers() const;

  private:
    const StepCalls& calls_;
    Value request_;
    Builder& builder_;
    std::vector<std::optional<Value>> answers_;
    std::vector<Value> kept_;  // null: nothing
};

// An error as it is told of the whole.
Error of_step(const CallStep& step, Error error);
// What the steps write, a member each, as far as `answers` (a member a step, or null) let them. `trace` may be null.
Result<Value> write_steps(const StepCalls& calls, const Value& request, const Value& answers, Builder& builder,
                          PlanTrace* trace);

}  // namespace headgate::mappings
