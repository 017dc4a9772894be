// Compiles the steps of a mapping in their order, then the rules that read all their answers.
#include "mappings/plan/steps/stepped_plan.hpp"

#include <algorithm>

#include "mappings/plan/compile/accounting.hpp"
#include "mappings/plan/compile/mapping_checks.hpp"
#include "mappings/plan/contract_end.hpp"
#include "mappings/plan/steps/step_plan.hpp"
#include "mappings/plan/steps/step_progress.hpp"

namespace headgate::mappings {

namespace {

using StepList = std::vector<std::shared_ptr<CompiledStep>>;

// One step at most changes something, after all others, of an operation that may.
void check_effects(const Mapping& mapping, const Operation* operation, Diagnostics& diagnostics) {
    for (const auto& step : mapping.steps) {
        bool sure = !step.statements.empty() || !step.legacy.edi.empty();
        if (sure && !step.effect)
            diagnostics.error(step.step_mark, "step '" + step.step + "' changes something", "effect: yes");
        if (!sure && !step.effect) continue;
        const auto& mark = step.effect ? step.effect_mark : step.step_mark;
        if (operation && operation->safe)
            diagnostics.error(mark,
                              "step '" + step.step + "' changes something, and " + operation->name + " only reads");
        else if (&step != &mapping.steps.back())
            diagnostics.error(mark,
                              "step '" + step.step + "' changes something, and '" + (&step + 1)->step + "' follows",
                              "what fails there could not be taken back: only the last step has an effect");
    }
}

void check_kept(const Mapping& mapping, const Ledger& ledger, Diagnostics& diagnostics) {
    for (const auto& step : mapping.steps)
        for (const auto& rule : step.reply.rules)
            if (!ledger.names({step.step, rule.contract.steps[0]}))
                diagnostics.error(
                    rule.mark, "'" + step.step + "." + rule.contract.steps[0] + "' is kept, and no later step uses it");
}

LegacyNode answers_of(const StepList& steps) {
    LegacyNode all;
    for (const auto& step : steps) {
        const auto* answered = step->compiled().answered();
        if (!answered) continue;
        LegacyNode one = *answered;
        one.name = step->name();
        one.optional = step->compiled().mapping().when.has_value();
        one.repeated = step->compiled().rows();
        all.children.push_back(std::move(one));
    }
    return all;
}

}  // namespace

std::unique_ptr<CompiledPlan> SteppedPlan::compile(const Mapping& mapping, const Registry& contracts,
                                                   Diagnostics& diagnostics, MappingReport* report) {
    Diagnostics own;
    ContractEnd contract;
    bool known = find_contract(mapping, contracts, contract, own);
    const auto* zone = find_zone(mapping, own);
    if (!known || own.has_errors()) return diagnostics.add(own), nullptr;
    auto plan = std::make_unique<SteppedPlan>();
    plan->begin(mapping);
    check_effects(mapping, contract.operation, own);

    StepList steps;
    Ledger of_contract, used;
    CompiledStep::Setup setup{mapping, contracts, *contract.request, steps, plan->report_};
    for (const auto& step : mapping.steps) {
        Ledger ledger;
        auto compiled = CompiledStep::compile(step, setup, ledger, own);
        of_contract.add(ledger, own);
        if (!compiled) break;  // later ones may mean it
        used.use(compiled->used().below(step.step));
        steps.push_back(std::move(compiled));
    }
    if (own.has_errors()) return diagnostics.add(own), nullptr;
    check_kept(mapping, of_contract, own);
    of_contract.settle(own);

    plan->side_ = std::make_unique<LegacySide>();
    auto& side = *plan->side_;
    side.call = StepCalls{{steps.begin(), steps.end()}, answers_of(steps)};
    side.reply = &std::get<StepCalls>(side.call).answers;
    for (const auto& step : steps) side.files.insert(side.files.end(), step->files().begin(), step->files().end());
    CompileSetup request{
        mapping, mapping.request, Direction::to_legacy, contract.request, contract.request, nullptr, false, zone,
        true,    nullptr,         &plan->report_};
    account_contract(request, of_contract, mapping.mark, own);
    CompileSetup reply{
        mapping, mapping.reply, Direction::to_contract, contract.reply, contract.request, side.reply, false, zone,
        true,    nullptr,       &plan->report_};
    reply.used = &used;
    if (side.reply->children.empty() && mapping.reply.written)
        own.error(mapping.reply.mark, "nothing comes back from these calls", "leave the section out");
    else if (!mapping.reply.written && contract.reply)
        own.error(mapping.mark, "the operation answers, and this mapping has no rules that make the answer", "out:");
    else if (!side.reply->children.empty())
        plan->reply_ = compile_transfer(reply, own);
    check_mapping(mapping, contract.request, side.call, own);
    check_repeatable(mapping, contract.operation, own);
    plan->mix_files(side.files, contract.mark);
    diagnostics.add(own);
    if (report) *report = plan->report_;
    if (own.has_errors()) return nullptr;
    return plan;
}

Result<Value> SteppedPlan::to_legacy(const Value& message, Builder& builder) const {
    return write_steps(calls(), message, Value(), builder, nullptr);
}

Result<Value> SteppedPlan::trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const {
    return write_steps(calls(), message, Value(), builder, &trace);
}

std::optional<std::string> SteppedPlan::contract_pointer(std::string_view legacy_pointer) const {
    for (const auto& step : calls().steps) {
        auto prefix = "/" + step->name();
        if (legacy_pointer != prefix && !legacy_pointer.starts_with(prefix + "/")) continue;
        return step->plan().contract_pointer(legacy_pointer.substr(prefix.size()));
    }
    return std::nullopt;
}

}  // namespace headgate::mappings
