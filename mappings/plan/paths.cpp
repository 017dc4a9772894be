// Where paths lead: into the contract's schema, into the legacy schema, into a scope's slots and target.
#include "mappings/plan/scope_compiler.hpp"

namespace headgate::mappings {

std::vector<std::string> field_steps(std::string_view text) {
    std::vector<std::string> steps;
    while (true) {
        auto dot = text.find('.');
        steps.emplace_back(text.substr(0, dot));
        if (dot == std::string_view::npos) return steps;
        text.remove_prefix(dot + 1);
    }
}

std::string pointer_of(const std::vector<std::string>& steps) {
    std::string out;
    for (const auto& step : steps) out += "/" + step;
    return out;
}

std::string joined(const std::vector<std::string>& steps, char separator) {
    std::string out;
    for (const auto& step : steps) out += (out.empty() ? "" : std::string(1, separator)) + step;
    return out;
}

std::optional<ScopeCompiler::Place> ScopeCompiler::contract_place(const Path& path) {
    if (!setup_.contract && reading()) {  // what a step answers
        bool known = path.steps.size() == 2 && (path.steps[0] == "xref" || path.text == "step.outcome");
        if (known) return Place{true, nullptr, nullptr, false};
        diagnostics_.error(path.mark, "unknown field '" + path.text + "' of a step's answer",
                           "step.outcome, or xref: system <- path");
        return std::nullopt;
    }
    Place place{true, contract_, nullptr, false};
    auto steps = path.steps;
    std::vector<std::vector<std::string>> ends = {steps};
    if (!path.braces.empty()) {
        ends.clear();
        for (const auto& brace : path.braces) {
            ends.push_back(steps);
            ends.back().push_back(brace);
        }
    }
    for (const auto& end : ends) {
        const Shape* shape = contract_;
        for (std::size_t i = 0; i < end.size() && shape; ++i) {
            if (shape->items() && !shape->property(end[i])) {
                diagnostics_.error(
                    path.mark,
                    "'" + joined({end.begin(), end.begin() + static_cast<std::ptrdiff_t>(i)}, '.') + "' is a list",
                    "use each: or []");
                return std::nullopt;
            }
            const Shape* next = shape->property(end[i]);
            auto names = shape->property_names();
            if (!next && !names.empty() && std::find(names.begin(), names.end(), end[i]) == names.end()) {
                auto near = nearest(end[i], names);
                diagnostics_.error(
                    path.mark,
                    "the contract has no field '" + joined(end, '.') + "' (" + setup_.mapping.contract_side + ")",
                    near.empty() ? "" : "did you mean '" + near + "'?");
                return std::nullopt;
            }
            if (!next && names.empty()) {
                diagnostics_.error(path.mark,
                                   "'" + joined({end.begin(), end.begin() + static_cast<std::ptrdiff_t>(i)}, '.') +
                                       "' has no fields in the contract");
                return std::nullopt;
            }
            shape = next;
        }
        place.contract = shape;
    }
    place.repeated = place.contract && place.contract->items();
    return place;
}

std::optional<ScopeCompiler::Place> ScopeCompiler::legacy_place(const Path& path) {
    if (parameters()) {
        if (path.parameter) return Place{true, nullptr, nullptr, path.list};
        diagnostics_.error(path.mark, "'" + path.text + "' is no parameter of a statement", "write :" + path.text);
        return std::nullopt;
    }
    if (path.parameter) {
        diagnostics_.error(path.mark, "'" + path.text + "' is a parameter, and this call has none");
        return std::nullopt;
    }
    Place place{true, nullptr, legacy_, false};
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const LegacyNode* next = place.legacy->child(path.steps[i]);
        if (!next) {
            std::vector<std::string_view> names;
            for (const auto& child : place.legacy->children) names.push_back(child.name);
            auto near = nearest(path.steps[i], names);
            diagnostics_.error(path.mark,
                               "legacy has no '" + path.text + "'" +
                                   (place.legacy->name.empty() ? "" : " in '" + place.legacy->name + "'"),
                               near.empty() ? "" : "did you mean '" + near + "'?");
            return std::nullopt;
        }
        place.legacy = next;
        if (next->repeated && i + 1 < path.steps.size()) {
            diagnostics_.error(path.mark, "legacy '" + next->name + "' is repeated", "use each:");
            return std::nullopt;
        }
    }
    place.repeated = place.legacy->repeated;
    return place;
}

bool ScopeCompiler::has_contract_field(const std::vector<std::string>& steps) const {
    const Shape* shape = contract_;
    for (const auto& step : steps) {
        shape = shape ? shape->property(step) : nullptr;
        if (!shape) return false;
    }
    return shape != nullptr;
}

int ScopeCompiler::slot(const std::vector<std::string>& steps) {
    Intake* node = &scope_.intake;
    for (const auto& step : steps) node = &node->child(step);
    if (node->slot < 0) node->slot = scope_.slots++;
    return node->slot;
}

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
                                   const std::string& prefix, const SourceMark& mark) {
    auto made = [&](std::string_view name) {
        return std::any_of(members.begin(), members.end(), [&](const Outlet& o) { return o.name == name; });
    };
    if (contract) {
        for (auto name : contract->property_names())
            if (contract->required(name) && !made(name))
                diagnostics_.error(mark,
                                   "the contract requires '" + prefix + std::string(name) + "' and no rule makes it",
                                   setup_.mapping.contract_side);
    }
    if (legacy) {
        for (const auto& child : legacy->children)
            if (!child.optional && !made(child.name))
                diagnostics_.error(mark, "legacy requires '" + prefix + child.name + "' and no rule writes it",
                                   "add a rule or set: { legacy: " + prefix + child.name + ", value: ... }");
    }
    for (const auto& member : members) {
        if (member.kind != Outlet::Kind::group) continue;
        check_required(member.children, contract ? contract->property(member.name) : nullptr,
                       legacy ? legacy->child(member.name) : nullptr, prefix + member.name + (contract ? "." : "/"),
                       member.mark);
    }
}

}  // namespace headgate::mappings
