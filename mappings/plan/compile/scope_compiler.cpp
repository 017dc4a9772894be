// Compiles one section: the fields of a scope first, then its lists, whose items may refer to those.
#include "mappings/plan/compile/scope_compiler.hpp"

#include <algorithm>

#include "mappings/plan/compile/accounting.hpp"

namespace headgate::mappings {

void ScopeCompiler::compile(const std::vector<Rule>& rules, const SourceMark& mark) {
    std::vector<const Condition*> when;
    std::vector<Pending> pending;
    auto before = diagnostics_.errors();
    rules_ = &rules;
    collect(rules, when, pending);
    // What is computed may be absent when what it is computed from is: that is known by then.
    std::stable_partition(pending.begin(), pending.end(),
                          [](const Pending& one) { return one.rule->kind != Rule::Kind::calc; });
    for (const auto& one : pending) {
        here_ = clauses_of(one.when);
        if (one.rule->kind == Rule::Kind::set)
            compile_set(one);
        else if (one.rule->kind == Rule::Kind::calc)
            compile_calc(one);
        else
            compile_field(one);
    }
    // Lists come after the fields around them: their items may refer to those.
    std::vector<std::pair<const Rule*, std::vector<const Condition*>>> lists;
    auto find_lists = [&](auto&& self, const std::vector<Rule>& all) -> void {
        for (const auto& rule : all) {
            if (rule.kind == Rule::Kind::when) {
                when.push_back(&*rule.when);
                self(self, rule.rules);
                when.pop_back();
            } else if (rule.kind == Rule::Kind::each) {
                lists.emplace_back(&rule, when);
            }
        }
    };
    find_lists(find_lists, rules);
    for (const auto& [rule, conditions] : lists) compile_each(*rule, conditions);

    const Shape* contract = reading() ? contract_ : nullptr;
    const LegacyNode* legacy = reading() ? nullptr : legacy_;
    order_members(scope_.members, contract, legacy);
    // A faulty rule's target is no missing one.
    Steps at;
    if (diagnostics_.errors() == before) check_required(scope_.members, contract, legacy, at, mark);
    if (diagnostics_.errors() == before) check_supplies(scope_.members, {}, false, {{}});
    if (legacy && diagnostics_.errors() == before) check_pairs(scope_.members, *legacy, {}, true);
    order_steps();
    // Each row is looked through once: by the innermost list over rows.
    bool by_row = std::any_of(lists.begin(), lists.end(), [](const auto& list) { return list.first->by_row; });
    if (reading() && !bridge() && !by_row) close(scope_.intake, *legacy_);
}

std::unique_ptr<Transfer> compile_transfer(const CompileSetup& setup, Diagnostics& diagnostics) {
    auto before = diagnostics.errors();
    auto transfer = std::make_unique<Transfer>();
    transfer->direction = setup.direction;
    transfer->name = setup.mapping.name;
    transfer->nulls_read = setup.mapping.nulls_read;
    if (setup.rows && setup.direction == Direction::to_contract) transfer->one = setup.mapping.legacy.one;
    Ledgers ledgers;
    ScopeCompiler compiler(setup, transfer->root, setup.contract, setup.legacy, ledgers, diagnostics);
    compiler.compile(setup.section.rules, setup.section.mark);
    if (setup.used) ledgers.legacy.use(*setup.used);
    if (!setup.contract_ledger) ledgers.contract.settle(diagnostics);
    ledgers.legacy.settle(diagnostics);
    if (setup.contract_ledger) *setup.contract_ledger = ledgers.contract;
    if (setup.legacy_ledger) *setup.legacy_ledger = ledgers.legacy;
    if (diagnostics.errors() != before) return nullptr;
    if (setup.legacy_ledger) return transfer;
    // With gaps the plan is refused, and what else depends on the rules is checked yet.
    if (!setup.contract_ledger) account_contract(setup, ledgers.contract, setup.section.mark, diagnostics);
    account_legacy(setup, ledgers.legacy, setup.section.mark, diagnostics);
    return transfer;
}

std::unique_ptr<Scope> compile_condition(const CompileSetup& setup, const Condition& condition,
                                         Diagnostics& diagnostics) {
    auto before = diagnostics.errors();
    auto scope = std::make_unique<Scope>();
    Ledgers ledgers;
    ScopeCompiler compiler(setup, *scope, setup.contract, setup.legacy, ledgers, diagnostics);
    compiler.compile_tests(condition);
    if (setup.contract_ledger) *setup.contract_ledger = std::move(ledgers.contract);
    if (diagnostics.errors() != before) return nullptr;
    return scope;
}

}  // namespace headgate::mappings
