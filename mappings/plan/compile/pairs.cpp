// Elements of a partner's guide that stand exactly where another does (`with`): a qualifier and what it qualifies. The
// rules write both or neither, whatever the message has.
#include <algorithm>

#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

std::vector<const ScopeCompiler::Supply*> ScopeCompiler::supplies_below(const std::string& path) const {
    std::vector<const Supply*> out;
    for (const auto& [target, all] : supplies_)
        if (path.empty() || target == path || target.starts_with(path + "/"))
            for (const auto& one : all) out.push_back(&one);
    return out;
}

// When each is there: its conditions, and that nothing on the way to its source is absent.
std::vector<ScopeCompiler::Present> ScopeCompiler::presence(const std::vector<const Supply*>& supplies) {
    std::vector<Present> out;
    for (const auto* one : supplies) {
        Present present{clauses_of(one->when), one->strong};
        for (const auto& gap : one->gaps) {
            auto& condition = made_conditions_.emplace_back();
            condition.test = Condition::Test::present;
            condition.field.steps = gap;
            condition.field.text = joined(gap, '.');
            present.when.push_back({from_top(contract_prefix_, condition.field), &condition, {}, false});
        }
        out.push_back(std::move(present));
    }
    return out;
}

// `always`: what is around is there, whatever is in it.
void ScopeCompiler::check_pairs(const std::vector<Outlet>& members, const LegacyNode& legacy, const std::string& prefix,
                                bool always) {
    auto around = supplies_below(prefix.empty() ? prefix : prefix.substr(0, prefix.size() - 1));
    for (const auto& child : legacy.children)
        if (const auto* other = child.with.empty() ? nullptr : legacy.child(child.with))
            check_pair({child, *other, prefix + child.name, prefix + other->name}, around, always);
    for (const auto& outlet : members)
        if (const auto* inner = outlet.kind == Outlet::Kind::group ? legacy.child(outlet.name) : nullptr)
            check_pairs(outlet.children, *inner, prefix + outlet.name + "/", always && outlet.required);
}

void ScopeCompiler::check_pair(const Pair& pair, const std::vector<const Supply*>& around, bool always) {
    auto ours = supplies_below(pair.path), others = supplies_below(pair.other_path);
    if (ours.empty() && (others.empty() || pair.element.by_format)) return;  // the writer fills it in
    auto refuse = [&](const Supply& at, const std::string& why, const std::string& hint) {
        auto about = pair.element.about.empty() ? "" : " (" + pair.element.about + ")";
        diagnostics_.error(
            at.mark, "'" + pair.path + "'" + about + " stands exactly where '" + pair.other_path + "' does, and " + why,
            hint);
    };
    auto rule_for = [](const std::string& path) { return "a rule or set: for " + path; };
    if (ours.empty()) return refuse(*others.front(), "no rule writes it", rule_for(pair.path));
    if (others.empty())
        return refuse(*ours.front(), "no rule writes '" + pair.other_path + "'", rule_for(pair.other_path));

    auto is_here = presence(ours), is_there = presence(others), is_around = presence(around);
    std::vector<const Clauses*> all;
    for (const auto* some : {&is_here, &is_there, &is_around})
        for (const auto& one : *some) all.push_back(&one.when);
    auto apart = find_case(all, [&](const OneCase& one) {
        auto any = [&](const std::vector<Present>& some, bool strong) {
            return std::any_of(some.begin(), some.end(), [&](const Present& present) {
                return (present.strong || !strong) && one.holds(present.when);
            });
        };
        return (always || any(is_around, true)) && any(is_here, false) != any(is_there, false);
    });
    if (!apart) return;
    const Path* source = others.front()->source ? others.front()->source : ours.front()->source;
    auto place = source ? contract_place(*source) : std::nullopt;
    refuse(*ours.front(),
           "one is " + std::string(apart->empty() ? "always " : "") + "written without the other" +
               (apart->empty() ? "" : " when " + *apart) + described(place ? place->contract : nullptr),
           "both under the same when:");
}

}  // namespace headgate::mappings
