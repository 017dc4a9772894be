// StepPlan: one call of a mapping with several; its answer is handed over as it is.
#pragma once

#include "mappings/plan/compiled_plan.hpp"
#include "mappings/plan/steps/step_shapes.hpp"

namespace headgate::mappings {

class Ledger;

class StepPlan final : public CompiledPlan {
  public:
    Result<Value> to_legacy(const Value& message, Builder& builder) const override;
    Result<Value> trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const override;
    Result<Value> to_contract(const Value& legacy, const Value&, Builder&, DriftLog*) const override { return legacy; }
    Result<Value> trace_to_contract(const Value& legacy, const Value&, Builder&, PlanTrace&, DriftLog*) const override {
        return legacy;
    }

  private:
    friend class CompiledStep;
    // What an earlier step kept is no fault of the caller's.
    Result<Value> judged(Result<Value> made) const;
    std::vector<std::string> before_;  // the names of earlier steps
};

class CompiledStep final : public CallStep {
  public:
    // What the steps before it are, and whom it tells of its message.
    struct Setup {
        const Mapping& whole;
        const Registry& contracts;
        const Shape& request;  // the contract's
        const std::vector<std::shared_ptr<CompiledStep>>& before;
        MappingReport& report;
    };
    // nullptr after diagnostics. `ledger`: what it says of the request, and of what earlier steps kept.
    static std::shared_ptr<CompiledStep> compile(const Mapping& step, const Setup& setup, Ledger& ledger,
                                                 Diagnostics& diagnostics);

    const std::string& name() const override { return plan_->mapping().step; }
    const Plan& plan() const override { return *plan_; }
    const std::vector<std::size_t>& needs() const override { return needs_; }
    std::size_t wave() const override { return wave_; }
    bool effect() const override { return plan_->mapping().effect; }
    bool applies(const Value& message) const override { return !when_ || tests_hold(*when_, message); }
    Result<Value> keep(const Value& answer, Builder& builder) const override;

    const CompiledPlan& compiled() const { return *plan_; }
    const Transfer* keeps() const { return keep_.get(); }  // nullptr: nothing
    const Ledger& used() const { return *used_; }          // of the answer, by what is kept
    const std::vector<std::string>& files() const { return plan_->side_->files; }

  private:
    bool compile_request(const Mapping& step, const Setup& setup, const date::time_zone* zone, Ledger& ledger,
                         Diagnostics& diagnostics);
    bool compile_keep(const Mapping& step, const Setup& setup, const date::time_zone* zone, Diagnostics& diagnostics);
    void place(const Setup& setup, const Ledger& ledger);
    Result<Value> keep_lists(const Value& rows, Builder& builder) const;

    std::unique_ptr<StepPlan> plan_ = std::make_unique<StepPlan>();
    std::unique_ptr<StepMessage> message_;
    std::unique_ptr<const Shape> met_;
    std::unique_ptr<Scope> when_;
    std::unique_ptr<Transfer> keep_;
    Section kept_rules_;  // as for one row
    bool lists_ = false;  // a value of each row is kept
    KeepShape kept_;
    std::shared_ptr<Ledger> used_;
    std::vector<std::size_t> needs_;
    std::size_t wave_ = 0;
};

}  // namespace headgate::mappings
