// Which targets the rules of a scope claim: each is written once, and has its result before any step is made.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

bool applies(const Rule& rule, Direction direction) {
    return rule.direction == Direction::both || rule.direction == direction;
}

// Two writers of one target are fine when their conditions on one field exclude each other.
bool exclusive(const std::vector<const Condition*>& a, const std::vector<const Condition*>& b) {
    using Test = Condition::Test;
    for (const auto* x : a)
        for (const auto* y : b) {
            if (x->field.steps != y->field.steps) continue;
            bool opposite = (x->test == Test::present && y->test == Test::absent) ||
                            (x->test == Test::absent && y->test == Test::present);
            bool other = x->test == Test::equal && y->test == Test::equal && x->literal != y->literal;
            bool negated = ((x->test == Test::equal && y->test == Test::not_equal) ||
                            (x->test == Test::not_equal && y->test == Test::equal)) &&
                           x->literal == y->literal;
            if (opposite || other || negated) return true;
        }
    return false;
}

}  // namespace

void ScopeCompiler::collect(const std::vector<Rule>& rules, std::vector<const Condition*>& when,
                            std::vector<Pending>& pending) {
    for (const auto& rule : rules) {
        switch (rule.kind) {
            case Rule::Kind::when:
                when.push_back(&*rule.when);
                collect(rule.rules, when, pending);
                when.pop_back();
                break;
            case Rule::Kind::each: break;
            case Rule::Kind::drop:
                if (rule.contract.steps.empty() ? legacy_ && !setup_.rows && !legacy_place(rule.legacy)
                                                : !contract_place(rule.contract))
                    break;
                (rule.contract.steps.empty() ? dropped_legacy_ : dropped_contract_)
                    .insert(rule.contract.steps.empty() ? rule.legacy.steps : rule.contract.steps);
                break;
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

bool ScopeCompiler::claims(const Path& path, std::string_view braces, const std::vector<const Condition*>& when,
                           const SourceMark& mark) {
    auto text = joined(path.steps, reading() ? '.' : '/');
    if (!braces.empty()) text += (text.empty() ? "" : ".") + std::string(braces);
    for (const auto& claim : claims_) {
        if (claim.path != text || exclusive(claim.when, when)) continue;
        diagnostics_.error(mark, "'" + text + "' is written by two rules",
                           "the first is in line " + std::to_string(claim.mark.line));
        return false;
    }
    claims_.push_back({text, when, mark});
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
    if (!rule.legacy.steps.empty()) known = legacy_place(rule.legacy).has_value() && known;
    if (!known) return;
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
