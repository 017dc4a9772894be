#include "mappings/plan/laws/relations.hpp"

#include <algorithm>
#include <map>

#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

using ByPlace = std::map<std::pair<int, int>, const Step*>;

void gather(const Scope& scope, ByPlace& out);

void gather(const std::vector<Outlet>& members, ByPlace& out) {
    for (const auto& outlet : members) {
        gather(outlet.children, out);
        if (outlet.scope) gather(*outlet.scope, out);
    }
}

void gather(const Scope& scope, ByPlace& out) {
    for (const auto& step : scope.steps) out[{step.mark.line, step.mark.column}] = &step;
    gather(scope.members, out);
}

void relate(const std::vector<Rule>& rules, const ByPlace& steps, std::vector<const Condition*>& when,
            std::vector<Relation>& out) {
    for (const auto& rule : rules) {
        if (rule.kind == Rule::Kind::when) {
            when.push_back(&*rule.when);
            relate(rule.rules, steps, when, out);
            when.pop_back();
            continue;
        }
        Relation relation;
        relation.rule = &rule;
        relation.when = when;
        if (rule.kind == Rule::Kind::each) {
            relation.kind = Relation::Kind::items;
            std::vector<const Condition*> inner;
            relate(rule.rules, steps, inner, relation.rules);
        } else if (rule.kind == Rule::Kind::field || rule.kind == Rule::Kind::xref) {
            auto found = steps.find({rule.mark.line, rule.mark.column});
            if (found == steps.end()) continue;
            relation.step = found->second;
            relation.kind = !rule.contract.braces.empty()                                   ? Relation::Kind::parts
                            : rule.contract.list && relation.step->kind != Step::Kind::copy ? Relation::Kind::values
                                                                                            : Relation::Kind::value;
        } else {
            continue;
        }
        out.push_back(std::move(relation));
    }
}

}  // namespace

std::vector<Relation> relations_of(const std::vector<Rule>& rules, const Transfer& transfer) {
    ByPlace steps;
    gather(transfer.root, steps);
    std::vector<Relation> out;
    std::vector<const Condition*> when;
    relate(rules, steps, when, out);
    return out;
}

Value value_at(const Value& document, const std::vector<std::string>& steps) {
    Value value = document;
    for (const auto& step : steps) {
        if (value.is_array() && value.size() == 1) value = value[0];
        const Value* inner = value.find(step);
        if (!inner) return {};
        value = *inner;
    }
    return value;
}

Value single_of(const Value& value) {
    Value out = value.is_array() ? value.size() == 1 ? value[0] : Value() : value;
    if (!out.is_object()) return out;
    const Value* text = out.find("#text");
    return text ? *text : Value();
}

std::vector<Value> items_of(const Value& value) {
    if (value.is_array()) return {value.begin(), value.end()};
    if (value.is_null() || (value.is_string() && value.text().empty())) return {};
    return {value};
}

bool holds(const Condition& condition, const Value& scope) {
    Value value = value_at(scope, condition.field.steps);
    std::string_view text = value.is_boolean() ? (value.as_boolean() ? "true" : "false") : text_of(value);
    switch (condition.test) {
        case Condition::Test::equal: return !value.is_null() && text == condition.literal;
        case Condition::Test::not_equal: return !value.is_null() && text != condition.literal;
        case Condition::Test::present: return !value.is_null();
        case Condition::Test::absent: return value.is_null();
    }
    return false;
}

Value ContractScopes::find(const std::vector<std::string>& steps) const {
    for (auto scope = open.rbegin(); scope != open.rend(); ++scope)
        if (auto value = value_at(*scope, steps); !value.is_null()) return value;
    return {};
}

std::vector<Value> ContractScopes::references(const Rule& rule) const {
    std::vector<Value> out;
    for (const auto& codec : rule.codecs)
        if (codec.name == "minor-units" && !codec.arguments.empty() && !codec.arguments[0].quoted)
            out.push_back(find(field_steps(codec.arguments[0].text)));
    return out;
}

}  // namespace headgate::mappings
