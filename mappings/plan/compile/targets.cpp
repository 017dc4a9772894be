// The target of a scope: its outlets as a tree, in the order of the schema, with all that the schema requires.
#include "mappings/plan/compile/accounting.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

// The outlet of a target path, with the groups on its way.
Outlet* ScopeCompiler::target(const Path& path, const Rule& rule, std::string_view braces) {
    auto steps = path.steps;
    if (!braces.empty()) steps.emplace_back(braces);
    auto* members = &scope_.members;
    const Shape* contract = reading() ? contract_ : nullptr;
    const LegacyNode* legacy = reading() ? nullptr : legacy_;
    Outlet* outlet = nullptr;
    std::string text;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        text += (text.empty() ? "" : reading() ? "." : "/") + steps[i];
        auto found =
            std::find_if(members->begin(), members->end(), [&](const Outlet& o) { return o.name == steps[i]; });
        bool fresh = found == members->end();
        if (fresh) found = members->insert(members->end(), Outlet());
        outlet = &*found;
        const Shape* inner = contract ? contract->property(steps[i]) : nullptr;
        const LegacyNode* node = legacy ? legacy->child(steps[i]) : nullptr;
        if (fresh) {
            outlet->name = steps[i];
            outlet->kind = i + 1 < steps.size() ? Outlet::Kind::group : Outlet::Kind::value;
            outlet->required = reading() ? contract && contract->required(steps[i]) : node && !node->optional;
            outlet->null_when_absent = parameters() || (node && node->nillable && setup_.mapping.write_nil);
            outlet->mark = rule.mark;
            outlet->contract = pointer_of(
                reading() ? std::vector<std::string>(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(i) + 1)
                          : rule.contract.steps);
            outlet->legacy = reading() ? rule.legacy.text : text;
        } else if ((outlet->kind == Outlet::Kind::group) != (i + 1 < steps.size())) {
            diagnostics_.error(path.mark, "'" + text + "' is written as one value and as a group");
            return nullptr;
        }
        members = &outlet->children;
        contract = inner;
        legacy = node;
    }
    return outlet;
}

// Legacy members stand in the schema's order, whatever the order of the rules; contract members in the contract's.
void ScopeCompiler::order_members(std::vector<Outlet>& members, const Shape* contract, const LegacyNode* legacy) {
    auto names = contract ? contract->property_names() : std::vector<std::string_view>();
    auto rank = [&](const Outlet& outlet) -> std::size_t {
        if (legacy) {
            for (std::size_t i = 0; i < legacy->children.size(); ++i)
                if (legacy->children[i].name == outlet.name) return i;
            return legacy->children.size();
        }
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), outlet.name) - names.begin());
    };
    if (contract || legacy)
        std::stable_sort(members.begin(), members.end(),
                         [&](const Outlet& a, const Outlet& b) { return rank(a) < rank(b); });
    for (auto& member : members)
        if (member.kind == Outlet::Kind::group)
            order_members(member.children, contract ? contract->property(member.name) : nullptr,
                          legacy ? legacy->child(member.name) : nullptr);
}

// Every field that the target must have is made by a rule, in each group that is made at all.
void ScopeCompiler::check_required(const std::vector<Outlet>& members, const Shape* contract, const LegacyNode* legacy,
                                   Steps& at, const SourceMark& mark) {
    auto check = [&](std::string_view name, std::string_view who, std::string_view does, std::string hint) {
        if (std::any_of(members.begin(), members.end(), [&](const Outlet& o) { return o.name == name; })) return;
        at.emplace_back(name);
        auto text = joined(at, contract ? '.' : '/');
        auto way = contract ? contract_prefix_ : legacy_prefix_;
        way.insert(way.end(), at.begin(), at.end());
        at.pop_back();
        std::string requires_it = std::string(who) + " requires '" + text + "'";
        if (const auto* drop = (contract ? ledgers_.contract : ledgers_.legacy).find_drop(way))
            return diagnostics_.error(drop->mark, requires_it + ": it can't be dropped", std::move(hint));
        tell_gap(setup_.mapping, diagnostics_, mark, requires_it + " and no rule " + std::string(does) + " it",
                 std::move(hint));
    };
    if (contract)
        for (auto name : contract->property_names())
            if (contract->required(name)) check(name, "the contract", "makes", setup_.mapping.contract_side);
    if (legacy)
        for (const auto& child : legacy->children)
            if (!child.optional)
                check(child.name, legacy_name(), "writes",
                      "add a rule or set: { legacy: " + joined(at, '/') + (at.empty() ? "" : "/") + child.name +
                          ", value: ... }");
    for (const auto& member : members) {
        if (member.kind != Outlet::Kind::group) continue;
        at.push_back(member.name);
        check_required(member.children, contract ? contract->property(member.name) : nullptr,
                       legacy ? legacy->child(member.name) : nullptr, at, member.mark);
        at.pop_back();
    }
}

}  // namespace headgate::mappings
