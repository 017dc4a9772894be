// SteppedPlan: a mapping of several calls as one plan, whose legacy document is all their answers.
#pragma once

#include "mappings/plan/compiled_plan.hpp"

namespace headgate::mappings {

class SteppedPlan final : public CompiledPlan {
  public:
    // As CompiledPlan::compile.
    static std::unique_ptr<CompiledPlan> compile(const Mapping& mapping, const Registry& contracts,
                                                 Diagnostics& diagnostics, MappingReport* report);

    // What those steps write that need no other's answer, a member each.
    Result<Value> to_legacy(const Value& message, Builder& builder) const override;
    Result<Value> trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const override;
    std::optional<std::string> contract_pointer(std::string_view legacy_pointer) const override;

  private:
    const StepCalls& calls() const { return std::get<StepCalls>(side_->call); }
};

}  // namespace headgate::mappings
