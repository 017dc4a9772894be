// Compiles `each`, `missing` and `bad-item`: the lists of a scope.
#include <algorithm>

#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

ScopeCompiler::ScopeCompiler(ScopeCompiler& around, Scope& scope, const Shape* contract, const LegacyNode* legacy,
                             const Rule& list, const When& when)
    : ScopeCompiler(around.setup_, scope, contract, legacy, around.ledgers_, around.diagnostics_) {
    parent_ = &around;
    around_ = around.clauses_of(when);
    group_ = !list.group.empty();
    contract_prefix_ = around.from_top(around.contract_prefix_, list.contract);
    legacy_prefix_ = around.from_top(around.legacy_prefix_, list.legacy);
    if (setup_.contract) ledgers_.contract.open(contract_prefix_, list.mark, around_);
    if (!list.legacy.steps.empty())
        ledgers_.legacy.open(legacy_prefix_, list.mark, around_);  // else rows: no part of their own
}

void ScopeCompiler::compile_each(const Rule& rule, const std::vector<const Condition*>& when) {
    if (rule.direction != Direction::both && rule.direction != setup_.direction)
        return diagnostics_.error(
            rule.mark,
            reading() ? "'->' in a section that reads the answer" : "'<-' in a section that writes the request",
            reading() ? "use '<-' or '<->'" : "use '->' or '<->'");
    auto contract = contract_place(rule.contract);
    if (!contract) return;
    if (contract->contract && !contract->repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no list",
                                  "each: goes over a list");
    const LegacyNode* items = legacy_;
    bool over_rows = !rule.group.empty() || rule.by_row;
    if (over_rows && !setup_.rows)
        return diagnostics_.error(rule.legacy.mark, "only the answer of a query has rows",
                                  "name a repeated part of the legacy message");
    if (!rule.group.empty()) {
        if (parent_ && !of_group())
            return diagnostics_.error(rule.legacy.mark, "group() stands at the top of out:, or within another group()",
                                      "use row");
        Path column;
        column.mark = rule.legacy.mark;
        column.text = rule.group;
        column.steps = {rule.group};
        if (!legacy_place(column)) return;
        ledgers_.legacy.note(from_top(legacy_prefix_, column), {Ledger::Fate::computed, rule.mark, clauses_of(when)});
    } else if (!rule.by_row) {
        auto legacy = legacy_place(rule.legacy);
        if (!legacy) return;
        if (!parameters() && !legacy->repeated)
            return diagnostics_.error(rule.legacy.mark, legacy_name() + " '" + rule.legacy.text + "' occurs once",
                                      "each: goes over what is repeated");
        items = legacy->legacy;
    }
    LegacyNode of_items;
    if (!rule.group.empty() && of_group()) {  // rows without the column's value are none of its items
        of_items = *legacy_;
        for (auto& column : of_items.children)
            if (column.name == rule.group) column.nillable = column.optional = false;
        items = &of_items;
    }
    const Path& to = reading() ? rule.contract : rule.legacy;
    if (!claims(to, {}, when, to.mark)) return;
    auto scope = std::make_unique<Scope>();
    const Shape* item_shape = contract->contract ? contract->contract->items() : nullptr;
    ScopeCompiler inner(*this, *scope, item_shape, items, rule, when);
    inner.compile(rule.rules, rule.mark);
    report_law(rule, inner.partial_ ? Law::updating : Law::exact);
    if (!rule.key.steps.empty()) {
        bool known = inner.contract_place(rule.key).has_value();
        if (known && reading() && !inner.results_.contains(joined(rule.key.steps, '.')))
            diagnostics_.error(rule.key.mark, "no rule makes the key '" + rule.key.text + "'");
        else if (known && reading() && inner.is_constant(inner.results_[joined(rule.key.steps, '.')]))
            diagnostics_.error(rule.key.mark, "the key '" + rule.key.text + "' is the same of every item");
    }
    if (rule.missing) compile_missing(rule, inner, *scope);
    if (rule.bad_item) compile_bad_item(rule, inner, *scope);
    auto list_tests = tests(when);
    int source = over_rows ? -1 : slot(reading() ? rule.legacy.steps : rule.contract.steps);
    auto* outlet = target(to, rule);
    if (!outlet) return;
    if (outlet->scope)
        return diagnostics_.error(to.mark,
                                  "'" + to.text + "' is made by the each: in line " + std::to_string(outlet->mark.line),
                                  "one each: for all cases");
    outlet->kind = Outlet::Kind::list;
    outlet->items = !rule.group.empty() ? Outlet::Items::groups
                    : rule.by_row       ? Outlet::Items::rows
                                        : Outlet::Items::slot;
    outlet->column = rule.group;
    outlet->nested = !rule.group.empty() && of_group();
    if (rule.key.steps.size() == 1) outlet->key = rule.key.steps[0];
    outlet->slot = source;
    outlet->scope = std::move(scope);
    outlet->tests = std::move(list_tests);
    outlet->contract = pointer_of(rule.contract.steps);
    outlet->legacy = joined(rule.legacy.steps, '/');
    // A statement over a list that a condition leaves out is not carried out.
    outlet->required = outlet->required || (parameters() && when.empty());
    outlet->exact = bridge();
    outlet->nil_is_none = reading() && !bridge() && items && !items->typed;
    supply_list(rule, *contract, items, when);
}

namespace {

// Whether two fields have values of one kind: one schema, or two that say the same.
bool alike(const Shape& a, const Shape& b) {
    if (&a == &b || (a.mark().file == b.mark().file && a.mark().line == b.mark().line)) return true;
    return a.allows(ValueKind::string) == b.allows(ValueKind::string) && a.integer() == b.integer() &&
           a.longest() == b.longest() && a.format() == b.format();
}

}  // namespace

bool ScopeCompiler::is_constant(int result) const {
    return std::any_of(scope_.steps.begin(), scope_.steps.end(), [&](const Step& step) {
        return step.kind == Step::Kind::constant && step.results[0] == result;
    });
}

void ScopeCompiler::compile_missing(const Rule& rule, ScopeCompiler& items, Scope& scope) {
    const auto& missing = *rule.missing;
    if (!reading()) return diagnostics_.error(missing.mark, "'missing' stands where an answer is read");
    for (const auto& step : scope.steps)
        for (const auto& saying : step.sayings)
            if (saying.then == CannotSay::Then::leave_out_item)
                return diagnostics_.error(missing.mark, "an item that is left out would be told as missing");
    for (auto* around = this; around; around = around->parent_)
        if (around->parent_) return diagnostics_.error(missing.mark, "'missing' stands at the outer list alone");
    const Shape* over = setup_.request;
    for (const auto& step : missing.over.steps) over = over ? over->property(step) : nullptr;
    if (!over || !over->items())
        return diagnostics_.error(missing.over.mark, "the request has no list '" + missing.over.text + "'",
                                  near_field(setup_.request, missing.over.steps));
    auto key = items.contract_place(rule.key);
    if (key && key->contract && !alike(*over->items(), *key->contract))
        return diagnostics_.error(missing.over.mark, "'" + missing.over.text + "' does not hold what '" +
                                                         rule.key.text + "' is" + described(key->contract));
    auto out = std::make_unique<MissingItems>();
    Intake* node = &out->over;
    for (const auto& step : missing.over.steps) node = &node->child(step);
    node->slot = 0;
    if (compile_told(rule, {missing.mark, missing.set, "a missing item"}, items, out->told))
        scope.missing = std::move(out);
}

void ScopeCompiler::compile_bad_item(const Rule& rule, ScopeCompiler& items, Scope& scope) {
    const auto& bad = *rule.bad_item;
    if (bridge()) return diagnostics_.error(bad.mark, "an answer of the other version is taken whole");
    if (!reading()) return diagnostics_.error(bad.mark, "'bad-item' stands where an answer is read");
    auto out = std::make_unique<BadItem>();
    out->omit = bad.then == BadItemRule::Then::omit;
    if (out->omit && rule.missing)
        return diagnostics_.error(bad.mark, "an item that is left out would be told as missing",
                                  "bad-item: missing says so, bad-item: { set: ... } tells another thing of it");
    const auto& set = bad.then == BadItemRule::Then::as_missing ? rule.missing->set : bad.set;
    if (out->omit || compile_told(rule, {bad.mark, set, "a bad item"}, items, out->told)) scope.bad = std::move(out);
}

bool ScopeCompiler::compile_told(const Rule& rule, const Told& told, ScopeCompiler& items, ToldItem& out) {
    auto key = items.results_.find(joined(rule.key.steps, '.'));
    if (key == items.results_.end() || rule.key.steps.size() != 1) return false;
    out.key_result = key->second;
    out.key_name = rule.key.steps[0];
    std::set<std::string, std::less<>> made = {out.key_name};
    bool good = true;
    for (const auto& [field, value] : told.set) {
        auto place = items.contract_place(field);
        if (!place) return false;
        const Shape* shape = place->contract;
        if (field.text == out.key_name) {
            diagnostics_.error(field.mark, "'" + field.text + "' is the key, and known of " + std::string(told.item));
            good = false;
            continue;
        }
        auto refuse = [&] {
            diagnostics_.error(
                setup_.mapping.file->mark(*value),
                (value->is_scalar() ? "'" + value->text + "'" : "this") + " is no value of " + field.text);
            good = false;
        };
        made.insert(field.text);
        auto steps = from_top(items.contract_prefix_, field);
        if (!ledgers_.contract.opened(steps)) ledgers_.contract.note(std::move(steps), {Ledger::Fate::set, told.mark});
        if (value->is_sequence() && value->items.empty()) {
            if (shape && !shape->allows(ValueKind::array)) {
                refuse();
                continue;
            }
            out.set.emplace_back(field.text, Value::array(nullptr, 0));
            continue;
        }
        if (!value->is_scalar()) {
            refuse();
            continue;
        }
        out.texts.push_back(std::make_unique<std::string>(value->text));
        const std::string& text = *out.texts.back();
        auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
        bool number = !value->quoted && parse_exact(text) && shape && shape->allows(ValueKind::number);
        if ((!words.empty() && std::find(words.begin(), words.end(), text) == words.end()) ||
            (shape && !within_bounds(*shape, text, number ? ChainType::Kind::decimal : ChainType::Kind::text))) {
            refuse();
            continue;
        }
        bool flag = !value->quoted && (text == "true" || text == "false");
        if (flag && (!shape || shape->allows(ValueKind::boolean)))
            out.set.emplace_back(field.text, Value::boolean(text == "true"));
        else if (!value->quoted && parse_exact(text) && (!shape || shape->allows(ValueKind::number)))
            out.set.emplace_back(field.text, Value::number(text));
        else if (!shape || shape->allows(ValueKind::string))
            out.set.emplace_back(field.text, Value::string(text));
        else
            refuse();
    }
    if (items.contract_)
        for (auto name : items.contract_->property_names())
            if (items.contract_->required(name) && !made.contains(name)) {
                diagnostics_.error(told.mark,
                                   "the contract requires '" + std::string(name) + "' of " + std::string(told.item),
                                   "add it to set:");
                good = false;
            }
    return good;
}

}  // namespace headgate::mappings
