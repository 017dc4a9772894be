// Which targets the rules of a scope claim: each is written once, and has its result before any step is made.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

bool applies(const Rule& rule, Direction direction) {
    return rule.direction == Direction::both || rule.direction == direction;
}

}  // namespace

void ScopeCompiler::collect(const std::vector<Rule>& rules, std::vector<const Condition*>& when,
                            std::vector<Pending>& pending) {
    for (const auto& rule : rules) {
        switch (rule.kind) {
            case Rule::Kind::when:
                check_condition(*rule.when);
                when.push_back(&*rule.when);
                collect(rule.rules, when, pending);
                when.pop_back();
                break;
            case Rule::Kind::each: break;
            case Rule::Kind::drop: collect_drop(rule, when); break;
            default:
                if (rule.kind != Rule::Kind::set && !applies(rule, setup_.direction)) {
                    diagnostics_.error(rule.mark,
                                       reading() ? "'->' in a section that reads the answer"
                                                 : "'<-' in a section that writes the request",
                                       reading() ? "use '<-' or '<->'" : "use '->' or '<->'");
                    break;
                }
                collect_field(rule, when, pending);
        }
    }
}

Steps ScopeCompiler::from_top(const Steps& prefix, const Path& path) const {
    Steps out = prefix;
    out.insert(out.end(), path.steps.begin(), path.steps.end());
    return out;
}

void ScopeCompiler::collect_drop(const Rule& rule, const When& when) {
    bool contract = !rule.contract.steps.empty();
    const Path& path = contract ? rule.contract : rule.legacy;
    if (contract ? !contract_place(path) : !legacy_place(path)) return;
    auto steps = from_top(contract ? contract_prefix_ : legacy_prefix_, path);
    setup_.report->drops.push_back({rule.mark,
                                    joined(steps, contract ? '.' : '/') + (rule.rest ? contract ? ".*" : "/*" : ""),
                                    rule.why, contract, rule.until});
    partial_ = true;
    (contract ? ledgers_.contract : ledgers_.legacy)
        .drop(std::move(steps), {Ledger::Fate::dropped, rule.mark, clauses_of(when), rule.rest}, diagnostics_);
}

// The places of the rule lead somewhere: what it makes, and what it carries, is accounted for.
void ScopeCompiler::note(const Rule& rule, const When& when) {
    bool carries = rule.kind == Rule::Kind::field || rule.kind == Rule::Kind::xref;
    auto fate = carries                         ? Ledger::Fate::mapped
                : rule.kind == Rule::Kind::calc ? Ledger::Fate::computed
                                                : Ledger::Fate::set;
    Ledger::Note note{fate, rule.mark, clauses_of(when)};
    if (setup_.contract && (reading() || carries)) {
        auto steps = from_top(contract_prefix_, rule.contract);
        if (rule.contract.braces.empty()) ledgers_.contract.note(steps, note);
        for (const auto& brace : rule.contract.braces) {
            auto part = steps;
            part.push_back(brace);
            ledgers_.contract.note(std::move(part), note);
        }
    }
    if (reading() && !carries) return;
    auto steps = from_top(legacy_prefix_, rule.legacy);
    auto place = legacy_place(rule.legacy);
    if (place && place->legacy && place->legacy->child("#text")) steps.emplace_back("#text");
    ledgers_.legacy.note(std::move(steps), std::move(note));
}

bool ScopeCompiler::claims(const Path& path, std::string_view braces, const std::vector<const Condition*>& when,
                           const SourceMark& mark) {
    auto text = joined(path.steps, reading() ? '.' : '/');
    if (!braces.empty()) text += (text.empty() ? "" : ".") + std::string(braces);
    auto conditions = clauses_of(when);
    for (const auto& claim : claims_) {
        if (claim.path != text || exclusive(claim.when, conditions)) continue;  // never both
        diagnostics_.error(mark, "'" + text + "' is written by two rules",
                           "the first is in line " + std::to_string(claim.mark.line));
        return false;
    }
    claims_.push_back({text, std::move(conditions), mark});
    return true;
}

// First pass: which results there are, so that rules may refer to each other in any order.
void ScopeCompiler::collect_field(const Rule& rule, const std::vector<const Condition*>& when,
                                  std::vector<Pending>& pending) {
    const Path& to = reading() ? rule.contract : rule.legacy;
    if (to.steps.empty() && to.braces.empty()) {  // set: of the other direction
        diagnostics_.error(rule.mark,
                           "this section does not write the " + std::string(reading() ? "legacy side" : "contract"));
        return;
    }
    bool known = true;
    if (!rule.contract.steps.empty() || !rule.contract.braces.empty())
        known = contract_place(rule.contract).has_value();
    if (!rule.legacy.steps.empty() && !legacy_place(rule.legacy)) {
        // What refers to the field is not at fault.
        if (known && reading() && to.braces.empty()) results_.emplace(joined(to.steps, '.'), scope_.results++);
        known = false;
    }
    if (!known) return;
    note(rule, when);
    Pending out{&rule, {}, when};
    if (reading() && !to.braces.empty()) {
        for (const auto& brace : to.braces) {
            if (!claims(to, brace, when, to.mark)) return;
            out.results.push_back(scope_.results);
            auto steps = to.steps;
            steps.push_back(brace);
            results_[joined(steps, '.')] = scope_.results++;
            if (auto* outlet = target(to, rule, brace)) outlet->results.push_back(out.results.back());
        }
    } else {
        if (!claims(to, {}, when, to.mark)) return;
        out.results.push_back(scope_.results);
        if (reading()) results_[joined(to.steps, '.')] = scope_.results;
        ++scope_.results;
        auto* outlet = target(to, rule);
        if (!outlet) return;
        outlet->results.push_back(out.results.back());
        outlet->strong = outlet->strong && rule.kind != Rule::Kind::set;
    }
    pending.push_back(std::move(out));
}

}  // namespace headgate::mappings
