// Compiles `calc`: a computed field as a program in postfix order.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

// sum(locations/available): a list of the answer that is read.
bool ScopeCompiler::compile_legacy_sum(const Expression& expression, CalcOp& operation) {
    const auto& path = expression.field;
    auto refuse = [&](std::string message) { return diagnostics_.error(path.mark, std::move(message)), false; };
    if (!reading() || setup_.rows || !legacy_)
        return refuse("sum of a legacy list stands where an answer is read that has lists");
    Path list = path;
    list.steps.resize(1);
    auto place = legacy_place(list);
    if (!place) return false;
    if (!place->repeated) return refuse(legacy_name() + " '" + path.steps[0] + "' occurs once");
    const LegacyNode* node = place->legacy;
    Intake* item = &operation.item;
    bool certain = true;
    for (std::size_t i = 1; i < path.steps.size(); ++i) {
        const LegacyNode* next = node->child(path.steps[i]);
        if (!next || next->repeated)
            return refuse(legacy_name() + " '" + node->name + "' has no single '" + path.steps[i] + "'");
        certain = certain && !next->optional && !next->nillable;
        item = &item->child(path.steps[i]);
        node = next;
    }
    bool number = node->type == LegacyType::integer || node->type == LegacyType::decimal;
    if (!number && (node->shape || node->type != LegacyType::text)) return refuse("'" + path.text + "' is no number");
    if (node->shape && !certain) return refuse("'" + path.text + "' may be absent: there is nothing to add then");
    ledgers_.legacy.note(from_top(legacy_prefix_, path), {Ledger::Fate::computed, path.mark, here_});
    operation.field = {0, false, slot(list.steps)};
    return true;
}

bool ScopeCompiler::compile_expression(const Expression& expression, Step& step, int depth) {
    using Kind = Expression::Kind;
    CalcOp operation;
    operation.kind = expression.kind;
    if (depth > 32 || step.program.size() >= 63)
        return diagnostics_.error(expression.mark, "this expression is too long"), false;
    if (expression.kind == Kind::literal) {
        operation.number = parse_exact(expression.literal).value_or(Exact{});
    } else if (expression.kind == Kind::sum && expression.legacy) {
        if (!compile_legacy_sum(expression, operation)) return false;
    } else if (expression.kind == Kind::sum) {
        auto list = std::vector<std::string>{expression.field.steps[0]};
        const Shape* shape = contract_ ? contract_->property(list[0]) : nullptr;
        shape = shape ? shape->items() : nullptr;
        if (reading() || !shape)
            return diagnostics_.error(expression.field.mark,
                                      reading() ? "sum adds up a list of the message that is written"
                                                : "the contract has no list '" + list[0] + "'",
                                      near_field(contract_, list)),
                   false;
        Intake* node = &operation.item;
        for (std::size_t i = 1; i < expression.field.steps.size(); ++i) {
            node = &node->child(expression.field.steps[i]);
            shape = shape ? shape->property(expression.field.steps[i]) : nullptr;
        }
        if (!shape || !shape->allows(ValueKind::number))
            return diagnostics_.error(expression.field.mark,
                                      "the contract has no number '" + expression.field.text + "'",
                                      near_field(contract_, expression.field.steps)),
                   false;
        note_reference(*this, expression.field.steps, expression.field.mark);
        operation.field = {0, false, slot(list)};
    } else if (expression.kind == Kind::field) {
        auto place = contract_place(expression.field);
        if (!place) return false;
        if (place->contract && !place->contract->allows(ValueKind::number))
            return diagnostics_.error(expression.field.mark, "'" + expression.field.text + "' is no number"), false;
        ScopeCompiler* found = nullptr;
        auto reference =
            contract_reference(expression.field.steps, expression.field.text, expression.field.mark, &found);
        if (!reference) return false;
        note_reference(*found, expression.field.steps, expression.field.mark);
        operation.field = *reference;
    }
    for (const auto& operand : expression.operands)
        if (!compile_expression(operand, step, depth + 1)) return false;
    operation.operands = static_cast<int>(expression.operands.size());
    step.program.push_back(std::move(operation));
    return true;
}

void ScopeCompiler::compile_calc(const Pending& pending) {
    const Rule& rule = *pending.rule;
    Step step;
    step.kind = Step::Kind::calc;
    step.mark = rule.mark;
    step.results = pending.results;
    step.contract = pointer_of(rule.contract.steps);
    step.legacy = rule.legacy.steps.empty() ? "calc" : joined(rule.legacy.steps, '/');
    if (!compile_expression(rule.expression, step, 0)) return;
    static const CodecCall none;
    CodecSetup codec{none, {}, reading(), !reading(), &setup_.mapping.tables, setup_.zone, {}};
    // What is computed for the contract has the contract's type; what is written goes through the rule's codecs.
    LegacyNode computed;
    computed.type = LegacyType::decimal;
    const Shape* shape = nullptr;
    const LegacyNode* legacy = nullptr;
    if (reading()) {
        shape = contract_place(rule.contract)->contract;
        if (shape && !shape->allows(ValueKind::number))
            return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no number of the contract");
        if (shape && shape->integer()) computed.type = LegacyType::integer;
        legacy = &computed;
    } else {
        legacy = legacy_place(rule.legacy)->legacy;
    }
    auto chain = compile_chain(rule.codecs, legacy, codec, false, diagnostics_);
    if (!chain) return;
    step.chain = std::move(*chain);
    supply(pending);
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

}  // namespace headgate::mappings
