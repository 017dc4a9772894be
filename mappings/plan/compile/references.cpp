// How a rule refers to another field of the contract: in its conditions and as what a codec takes besides.
#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

// What may be meant by a path that leads nowhere.
std::string near_field(const Shape* shape, const std::vector<std::string>& steps) {
    for (const auto& step : steps) {
        while (shape && shape->items()) shape = shape->items();
        const Shape* next = shape ? shape->property(step) : nullptr;
        if (shape && !next) {
            auto near = nearest(step, shape->property_names());
            return near.empty() ? near : "did you mean '" + near + "'?";
        }
        shape = next;
    }
    return {};
}

// Told once, however many rules it is for.
bool ScopeCompiler::check_condition(const Condition& condition) {
    auto known = conditions_.find(&condition);
    if (known != conditions_.end()) return known->second;
    bool& good = conditions_[&condition] = false;
    auto place = contract_place(condition.field);
    if (!place) return false;
    if (!reading()) ledgers_.contract.test(from_top(contract_prefix_, condition.field), condition);
    const Shape* shape = place->contract;
    bool literal = condition.test == Condition::Test::equal || condition.test == Condition::Test::not_equal;
    if (!shape || !literal) return good = true;
    bool text = shape->allows(ValueKind::string), number = shape->allows(ValueKind::number),
         flag = shape->allows(ValueKind::boolean);
    if (!text && !number && !flag) {
        diagnostics_.error(condition.field.mark, "'" + condition.field.text + "' is no single value",
                           condition.field.text + " present, or absent");
        return false;
    }
    auto words = shape->enumeration();
    good = text ? number || words.empty() || std::find(words.begin(), words.end(), condition.literal) != words.end()
                : (flag && (condition.literal == "true" || condition.literal == "false")) ||
                      (number && parse_exact(condition.literal));
    if (good) return true;
    auto near = nearest(condition.literal, words);
    diagnostics_.error(condition.literal_mark,
                       "'" + condition.literal + "' is no value of " + condition.field.text + described(shape),
                       near.empty() ? "" : "did you mean '" + near + "'?");
    return false;
}

std::vector<int> ScopeCompiler::tests(const std::vector<const Condition*>& when) {
    std::vector<int> out;
    for (const auto* condition : when) {
        if (!check_condition(*condition)) continue;
        const auto& field = condition->field;
        auto reference = contract_reference(field.steps, field.text, field.mark);
        if (!reference) {
            conditions_[condition] = false;
            continue;
        }
        out.push_back(static_cast<int>(scope_.tests.size()));
        scope_.tests.push_back({*reference, condition->test, condition->literal});
    }
    return out;
}

// What is read of the message beside what the rules carry.
void ScopeCompiler::note_reference(const ScopeCompiler& found, const std::vector<std::string>& steps,
                                   const SourceMark& mark) {
    if (reading()) return;
    auto way = found.contract_prefix_;
    way.insert(way.end(), steps.begin(), steps.end());
    ledgers_.contract.note(std::move(way), {Ledger::Fate::computed, mark, here_});
}

// The conditions with what is known of their fields, behind those of the lists around.
Clauses ScopeCompiler::clauses_of(const std::vector<const Condition*>& when) const {
    auto out = around_;
    for (const auto* condition : when) {
        const auto& steps = condition->field.steps;
        const auto* scope = this;
        while (scope->parent_ && !scope->has_contract_field(steps)) scope = scope->parent_;
        Clause one{scope->from_top(scope->contract_prefix_, condition->field), condition, {}, true};
        const Shape* shape = scope->contract_;
        for (const auto& step : steps) {
            one.always = one.always && shape && shape->required(step);
            shape = shape ? shape->property(step) : nullptr;
            one.always = one.always && shape && !shape->allows(ValueKind::null);
        }
        if (shape && shape->allows(ValueKind::boolean) && !shape->allows(ValueKind::string))
            one.words = {"true", "false"};
        if (shape)
            for (auto word : shape->enumeration()) one.words.emplace_back(word);
        out.push_back(std::move(one));
    }
    return out;
}

// Another field of the contract: where it comes from when writing, what makes it when reading; the nearest scope wins.
std::optional<Reference> ScopeCompiler::contract_reference(const std::vector<std::string>& steps,
                                                           const std::string& text, const SourceMark& mark,
                                                           ScopeCompiler** found) {
    int up = 0;
    for (auto* scope = this; scope; scope = scope->parent_, ++up) {
        if (found) *found = scope;
        if (reading()) {
            auto made = scope->results_.find(joined(steps, '.'));
            if (made != scope->results_.end()) return Reference{up, true, made->second};
        } else if (scope->has_contract_field(steps)) {
            return Reference{up, false, scope->slot(steps)};
        }
    }
    diagnostics_.error(mark, reading() ? "no rule makes '" + text + "'" : "the contract has no field '" + text + "'",
                       near_field(contract_, steps));
    return std::nullopt;
}

}  // namespace headgate::mappings
