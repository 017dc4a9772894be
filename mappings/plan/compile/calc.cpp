// Compiles `calc`: a computed field as a program in postfix order.
#include <algorithm>

#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

// nullptr: each item of the list is read, or the whole fails.
const Rule* list_that_leaves_out(const std::vector<Rule>& rules, const Path& list) {
    for (const auto& rule : rules) {
        if (rule.kind == Rule::Kind::each && rule.bad_item && rule.legacy.steps == list.steps) return &rule;
        if (rule.kind == Rule::Kind::when)
            if (const auto* inner = list_that_leaves_out(rule.rules, list)) return inner;
    }
    return nullptr;
}

bool is_whole(const LegacyNode& node) {
    return node.shape ? node.shape->integer()
                      : node.type == LegacyType::integer || (node.type == LegacyType::decimal && node.fraction == 0);
}

}  // namespace

void ScopeCompiler::refuse_absent(const Expression& sum) {
    diagnostics_.error(sum.field.mark, "'" + sum.field.text + "' may be absent: there is nothing to add then",
                       "sum(" + sum.field.text + ", 0) counts it as 0");
}

// Whether what is computed has no places, whatever the fields say.
bool ScopeCompiler::computes_whole(const Expression& expression) {
    using Kind = Expression::Kind;
    bool whole = expression.literal.find('.') == std::string::npos;
    const auto& steps = expression.field.steps;
    if (expression.kind == Kind::sum && expression.legacy) {
        const LegacyNode* node = legacy_;
        for (const auto& step : steps) node = node ? node->child(step) : nullptr;
        whole = whole && node && is_whole(*node);
    } else if (expression.kind == Kind::sum || expression.kind == Kind::field) {
        const Shape* shape = contract_;
        for (const auto& step : steps) {
            while (shape && shape->items()) shape = shape->items();
            shape = shape ? shape->property(step) : nullptr;
        }
        whole = whole && shape && shape->integer();
    }
    return whole && std::all_of(expression.operands.begin(), expression.operands.end(),
                                [&](const Expression& one) { return computes_whole(one); });
}

// sum(locations/available): a list of the answer that is read.
bool ScopeCompiler::compile_legacy_sum(const Expression& expression, CalcOp& operation) {
    const auto& path = expression.field;
    auto refuse = [&](std::string message) { return diagnostics_.error(path.mark, std::move(message)), false; };
    if (!reading() || setup_.rows || !legacy_)
        return refuse("sum of a legacy list stands where an answer is read that has lists");
    Path list = path;
    list.steps.resize(1);
    list.text = path.steps[0];
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
    if (!certain && expression.literal.empty()) return refuse_absent(expression), false;
    if (const auto* each = rules_ ? list_that_leaves_out(*rules_, list) : nullptr)
        return diagnostics_.error(path.mark,
                                  "sum adds all items of '" + list.text + "' up, also what bad-item leaves out (line " +
                                      std::to_string(each->mark.line) + "): it fails with a bad one",
                                  "leave bad-item out, or the sum"),
               false;
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
        bool certain = true;
        for (std::size_t i = 1; i < expression.field.steps.size(); ++i) {
            const auto& member = expression.field.steps[i];
            node = &node->child(member);
            certain = certain && shape && shape->required(member);
            shape = shape ? shape->property(member) : nullptr;
            certain = certain && shape && !shape->allows(ValueKind::null);
        }
        if (!shape || !shape->allows(ValueKind::number))
            return diagnostics_.error(expression.field.mark,
                                      "the contract has no number '" + expression.field.text + "'",
                                      near_field(contract_, expression.field.steps)),
                   false;
        if (!certain && expression.literal.empty()) return refuse_absent(expression), false;
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
    if (expression.kind == Kind::sum && !expression.literal.empty()) {
        operation.counts_absent = true;
        operation.number = parse_exact(expression.literal).value_or(Exact{});
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
    LegacyNode computed;
    bool whole = computes_whole(rule.expression);
    computed.type = whole ? LegacyType::integer : LegacyType::decimal;
    computed.fraction = whole ? 0 : 36;
    const Shape* shape = reading() ? contract_place(rule.contract)->contract : nullptr;
    const LegacyNode* legacy = reading() ? &computed : legacy_place(rule.legacy)->legacy;
    if (shape && !shape->allows(ValueKind::number))
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no number of the contract");
    auto chain = compile_chain(rule.codecs, legacy, codec, false, diagnostics_);
    if (!chain) return;
    bool to_whole = reading() ? shape && shape->integer() : legacy && is_whole(*legacy);
    bool exact = std::any_of(rule.codecs.begin(), rule.codecs.end(),
                             [](const CodecCall& one) { return one.name == "exact-int"; });
    if (to_whole && !whole && !exact)
        return diagnostics_.error(rule.expression.mark,
                                  "what is computed may have places, and '" +
                                      (reading() ? rule.contract.text : rule.legacy.text) + "' is a whole number" +
                                      described(shape),
                                  "add exact-int: nothing is rounded");
    step.chain = std::move(*chain);
    supply(pending);
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

}  // namespace headgate::mappings
