// Nothing that must be there is made from what may be absent, or under a condition that may not hold.
#include <algorithm>

#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

// How far a part of the source may be absent: its last step, or one before.
ScopeCompiler::Supply ScopeCompiler::supply_of(const Path& source, const Rule& rule, const When& when) const {
    Supply out{&source, rule.mark, false, false, when};
    const Shape* contract = contract_;
    const LegacyNode* legacy = legacy_;
    for (std::size_t i = 0; i < source.steps.size(); ++i) {
        const auto& step = source.steps[i];
        bool last = i + 1 == source.steps.size(), optional = false;
        bool null = !last || !bridge();  // of a bridge a value that is null is told apart
        if (reading()) {
            legacy = legacy ? legacy->child(step) : nullptr;
            optional = legacy && (legacy->optional || (legacy->nillable && null));
            // The text of an element with attributes is absent when they are.
            last = last && (!legacy || legacy->children.empty() || (legacy->nillable && null));
        } else {
            // Under a condition, and below what an alternative alone has, its requirements hold.
            bool lenient = !when.empty() || out.within_optional;
            optional = contract && !(lenient ? contract->may_require(step) : contract->required(step));
            contract = contract ? contract->property(step) : nullptr;
            optional =
                optional || (contract && null && contract->allows(ValueKind::null) && contract->enumeration().empty());
        }
        (last ? out.optional : out.within_optional) |= optional;
        if (optional)
            out.gaps.emplace_back(source.steps.begin(), source.steps.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    for (const auto& codec : rule.codecs) {
        bool made = reading() ? codec.name == "default" || codec.name == "null" : codec.name == "none";
        if (made) {
            out.optional = out.within_optional = false;
            out.gaps.clear();
        }
        bool unmade = codec.name == "none" || (codec.name == "else" && omits(codec));
        if (!made && unmade && reading() && !rule.contract.list) out.optional = true;
    }
    return out;
}

// It is absent when a field is that it is computed from.
ScopeCompiler::Supply ScopeCompiler::supply_of_calc(const Pending& pending) {
    Supply out{nullptr, pending.rule->mark, false, false, pending.when};
    out.computed = true;
    auto visit = [&](auto&& self, const Expression& expression) -> void {
        for (const auto& operand : expression.operands) self(self, operand);
        if (expression.kind != Expression::Kind::field) return;
        std::vector<Supply> made;
        if (!reading()) made = {supply_of(expression.field, Rule(), pending.when)};
        bool told = required_here(expression.field.steps);  // that it may be absent
        if (auto found = supplies_.find(joined(expression.field.steps, '/'));
            reading() && !told && found != supplies_.end())
            made = found->second;
        for (const auto& one : made) {
            if (!one.optional && !one.within_optional) continue;
            out.source = &expression.field;
            out.optional |= one.optional;
            out.within_optional |= one.within_optional;
            out.gaps.insert(out.gaps.end(), one.gaps.begin(), one.gaps.end());
        }
    };
    visit(visit, pending.rule->expression);
    return out;
}

void ScopeCompiler::supply(const Pending& pending) {
    const Rule& rule = *pending.rule;
    const Path& to = reading() ? rule.contract : rule.legacy;
    auto add = [&](const Steps& target, Supply one) { supplies_[joined(target, '/')].push_back(std::move(one)); };
    Supply constant{nullptr, rule.mark, false, false, pending.when};
    if (rule.kind == Rule::Kind::set) {
        constant.strong = false;
        return add(to.steps, constant);
    }
    if (rule.kind == Rule::Kind::calc) return add(to.steps, supply_of_calc(pending));
    if (reading()) {
        auto one = supply_of(rule.legacy, rule, pending.when);
        if (rule.contract.list && !bridge()) one.optional = one.within_optional = false;  // none is an empty list
        if (to.braces.empty()) add(to.steps, one);
        for (const auto& brace : to.braces) {
            auto part = to.steps;
            part.push_back(brace);
            add(part, one);
        }
        return;
    }
    auto one = supply_of(rule.contract, rule, pending.when);
    for (const auto& brace : rule.contract.braces) {  // all are needed
        Path part = rule.contract;
        part.steps.push_back(brace);
        auto of_part = supply_of(part, rule, pending.when);
        one.optional |= of_part.optional;
        one.within_optional |= of_part.within_optional;
        one.gaps.insert(one.gaps.end(), of_part.gaps.begin(), of_part.gaps.end());
    }
    add(to.steps, std::move(one));
}

// A list that is carried item by item.
void ScopeCompiler::supply_list(const Rule& rule, const Place& contract, const LegacyNode* legacy, const When& when) {
    const Path& source = reading() ? rule.legacy : rule.contract;
    const Shape* from = reading() ? (legacy ? legacy->shape : nullptr) : contract.contract;
    if (bridge() && from && from->allows(ValueKind::null))
        diagnostics_.error(
            source.mark, "'" + source.text + "' of " + source_name() + " may be null, and each: goes over lists alone");
    auto one = supply_of(source, rule, when);
    if (reading() && !bridge()) one.optional = one.within_optional = false;  // none is an empty list
    supplies_[joined((reading() ? rule.contract : rule.legacy).steps, '/')].push_back(std::move(one));
}

// `contexts`: the conditions under which the group around is there at all.
void ScopeCompiler::check_supplies(const std::vector<Outlet>& members, const std::string& prefix, bool within_optional,
                                   const std::vector<When>& contexts, bool alone) {
    for (const auto& outlet : members) {
        auto path = prefix + outlet.name;
        if (outlet.kind != Outlet::Kind::group) {
            if (outlet.required) check_supply(path, within_optional, contexts, alone);
            continue;
        }
        if (outlet.required) {
            check_supplies(outlet.children, path + "/", within_optional, contexts, alone);
            continue;
        }
        std::vector<When> inner;
        gather_contexts(outlet.children, path + "/", inner);
        auto strong = count_strong(outlet.children, path + "/");
        if (const auto* constant = strong == 0 && !reading() ? constant_in(outlet.children, path + "/") : nullptr)
            diagnostics_.error(constant->mark,
                               "'" + path + "' may be absent, and is left out where constants alone are in it",
                               "a rule beside them, or a legacy schema that requires it");
        check_supplies(outlet.children, path + "/", true, inner, strong == 1);
    }
}

// nullptr: none.
const ScopeCompiler::Supply* ScopeCompiler::constant_in(const std::vector<Outlet>& members,
                                                        const std::string& prefix) const {
    for (const auto& outlet : members) {
        auto path = prefix + outlet.name;
        auto found = supplies_.find(path);
        if (found != supplies_.end()) return &found->second.front();
        if (const auto* inner = constant_in(outlet.children, path + "/")) return inner;
    }
    return nullptr;
}

// The values because of which a group is there.
int ScopeCompiler::count_strong(const std::vector<Outlet>& members, const std::string& prefix) const {
    int count = 0;
    for (const auto& outlet : members) {
        auto path = prefix + outlet.name;
        if (outlet.kind == Outlet::Kind::group) count += count_strong(outlet.children, path + "/");
        auto found = supplies_.find(path);
        if (found == supplies_.end()) continue;
        count += std::any_of(found->second.begin(), found->second.end(), [](const auto& one) { return one.strong; });
    }
    return count;
}

void ScopeCompiler::gather_contexts(const std::vector<Outlet>& members, const std::string& prefix,
                                    std::vector<When>& out) const {
    for (const auto& outlet : members) {
        auto path = prefix + outlet.name;
        if (outlet.kind == Outlet::Kind::group) gather_contexts(outlet.children, path + "/", out);
        auto found = supplies_.find(path);
        if (found == supplies_.end()) continue;
        for (const auto& supply : found->second)
            if (supply.strong) out.push_back(supply.when);
    }
}

// Whether one of the supplies is there whenever `context` holds.
bool ScopeCompiler::certain(const std::vector<Supply>& supplies, const When& context) const {
    auto given = clauses_of(context);
    std::vector<Clauses> made;
    std::vector<const Clauses*> all = {&given};
    for (const auto& supply : supplies) made.push_back(clauses_of(supply.when));
    for (const auto& one : made) all.push_back(&one);
    return !find_case(all, [&](const OneCase& one) {
        return one.holds(given) &&
               std::none_of(made.begin(), made.end(), [&](const auto& when) { return one.holds(when); });
    });
}

void ScopeCompiler::check_supply(const std::string& path, bool within_optional, const std::vector<When>& contexts,
                                 bool alone) {
    auto found = supplies_.find(path);
    if (found == supplies_.end()) return;
    const auto& supplies = found->second;
    auto named = path;
    if (reading()) std::replace(named.begin(), named.end(), '/', '.');
    for (const auto& context : contexts)
        if (!certain(supplies, context)) {
            diagnostics_.error(supplies.front().mark, "'" + named + "' is required, and made under a condition alone",
                               "a rule for when it does not hold");
            return;
        }
    for (const auto& supply : supplies)
        if (supply.source && ((supply.optional && !alone) || (supply.within_optional && !within_optional)))
            diagnostics_.error(supply.source->mark,
                               "'" + supply.source->text + "' of " +
                                   (supply.computed ? setup_.mapping.contract_side : source_name()) +
                                   " may be absent, and '" + named + "' is required",
                               reading() ? "null(...) or default(...) says what its absence means"
                                         : "a when: for when it is there, or none(...) for when it is not");
}

}  // namespace headgate::mappings
