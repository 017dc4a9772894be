// A bridge is accounted for whole: each part of what comes in is carried or dropped with a reason, each part of the
// version that is served is made or dropped, and nothing that must be there comes from what may be absent.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

using Steps = std::vector<std::string>;

bool begins_with(const Steps& path, const Steps& start) {
    return path.size() > start.size() && std::equal(start.begin(), start.end(), path.begin());
}

// Calls `tell` for each member that is not known, the outermost alone.
template <class Tell>
void each_unknown(const Shape& shape, Steps& at, const std::set<Steps>& known, const Tell& tell) {
    for (auto name : shape.property_names()) {
        at.emplace_back(name);
        if (!known.contains(at)) {
            auto below = known.upper_bound(at);
            const Shape* inner = shape.property(name);
            if (inner && below != known.end() && begins_with(*below, at))
                each_unknown(*inner, at, known, tell);
            else
                tell(at, shape.required(name));
        }
        at.pop_back();
    }
}

}  // namespace

std::string ScopeCompiler::source_name() const {
    return reading() ? setup_.mapping.system + "/" + setup_.mapping.call : setup_.mapping.contract_side;
}

// How far a part of the source may be absent: its last step, or one before.
void ScopeCompiler::take(const Path& source, const Pending& pending) {
    taken_.insert(source.steps);
    Supply supply{&source, false, false, !pending.when.empty()};
    const Shape* contract = contract_;
    const LegacyNode* legacy = legacy_;
    for (std::size_t i = 0; i < source.steps.size(); ++i) {
        const auto& step = source.steps[i];
        bool optional = false;
        if (reading()) {
            legacy = legacy ? legacy->child(step) : nullptr;
            optional = legacy && (legacy->optional || (legacy->nillable && i + 1 < source.steps.size()));
        } else {
            optional = contract && !contract->required(step);
            contract = contract ? contract->property(step) : nullptr;
            optional = optional || (contract && i + 1 < source.steps.size() && contract->allows(ValueKind::null));
        }
        (i + 1 == source.steps.size() ? supply.optional : supply.within_optional) |= optional;
    }
    for (const auto& codec : pending.rule->codecs)
        if (codec.name == "default" || codec.name == "null" || (!reading() && codec.name == "none"))
            supply.optional = supply.within_optional = false;
    for (int result : pending.results) supplies_[result] = supply;
}

// A list that is carried item by item: it must be there where it is required, and be one.
void ScopeCompiler::take_list(const Rule& rule, const Place& contract, const LegacyNode* legacy, const Outlet& outlet,
                              const std::vector<const Condition*>& when) {
    const Path& source = reading() ? rule.legacy : rule.contract;
    Pending pending{&rule, {-1}, when};
    take(source, pending);
    Supply supply = supplies_.extract(-1).mapped();
    const Shape* from = reading() ? (legacy ? legacy->shape : nullptr) : contract.contract;
    if (from && from->allows(ValueKind::null))
        diagnostics_.error(
            source.mark, "'" + source.text + "' of " + source_name() + " may be null, and each: goes over lists alone");
    if (outlet.required && (supply.optional || supply.within_optional || supply.conditional))
        diagnostics_.error(source.mark, "'" + source.text + "' of " + source_name() + " may be absent, and '" +
                                            outlet.name + "' is required");
}

void ScopeCompiler::check_supplies(const std::vector<Outlet>& members, bool within_optional) {
    for (const auto& outlet : members) {
        if (outlet.kind == Outlet::Kind::group) check_supplies(outlet.children, within_optional || !outlet.required);
        if (outlet.kind != Outlet::Kind::value || !outlet.required || outlet.results.size() != 1) continue;
        auto found = supplies_.find(outlet.results[0]);
        if (found == supplies_.end()) continue;
        const Supply& supply = found->second;
        if (supply.conditional)
            diagnostics_.error(outlet.mark, "'" + outlet.name + "' is required, and made under a condition alone");
        else if (supply.optional || (supply.within_optional && !within_optional))
            diagnostics_.error(supply.source->mark,
                               "'" + supply.source->text + "' of " + source_name() + " may be absent, and '" +
                                   outlet.name + "' is required",
                               reading() ? "default(...) says what its absence means"
                                         : "none(...) says what is written for its absence");
    }
}

void ScopeCompiler::account(const SourceMark& mark) {
    const Shape* source = contract_;
    if (reading()) source = legacy_ && legacy_->shape && legacy_->repeated ? legacy_->shape->items() : legacy_->shape;
    auto known = taken_;
    const auto& dropped = reading() ? dropped_legacy_ : dropped_contract_;
    known.insert(dropped.begin(), dropped.end());
    auto from = [&](const Steps& at) { return joined(at, reading() ? '/' : '.'); };
    Steps at;
    if (source)
        each_unknown(*source, at, known, [&](const Steps& path, bool) {
            diagnostics_.error(
                mark,
                source_name() + (reading() ? " answers '" : " takes '") + from(path) + "', and no rule carries it",
                std::string("a rule, or drop: { ") + (reading() ? "legacy: " : "contract: ") + from(path) +
                    ", why: ... }");
        });
    check_supplies(scope_.members, false);
    if (!reading() || !contract_) return;
    std::set<Steps> made = dropped_contract_;
    for (const auto& claim : claims_) made.insert(field_steps(claim.path));
    each_unknown(*contract_, at, made, [&](const Steps& path, bool required) {
        if (!required)  // else it is told already
            diagnostics_.error(mark, "no rule makes '" + joined(path, '.') + "' of " + setup_.mapping.contract_side,
                               "a rule, or drop: { contract: " + joined(path, '.') + ", why: ... }");
    });
}

}  // namespace headgate::mappings
