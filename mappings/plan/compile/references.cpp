// How a rule refers to another field of the contract: in its conditions and as what a codec takes besides.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

std::vector<int> ScopeCompiler::tests(const std::vector<const Condition*>& when) {
    std::vector<int> out;
    for (const auto* condition : when) {
        if (!contract_place(condition->field)) continue;
        auto reference = contract_reference(condition->field.steps, condition->field.text, condition->field.mark);
        if (!reference) continue;
        out.push_back(static_cast<int>(scope_.tests.size()));
        scope_.tests.push_back({*reference, condition->test, condition->literal});
    }
    return out;
}

// Another field of the contract: where it comes from when writing, what makes it when reading; the nearest scope wins.
std::optional<Reference> ScopeCompiler::contract_reference(const std::vector<std::string>& steps,
                                                           const std::string& text, const SourceMark& mark) {
    int up = 0;
    for (auto* scope = this; scope; scope = scope->parent_, ++up) {
        if (reading()) {
            auto made = scope->results_.find(joined(steps, '.'));
            if (made != scope->results_.end()) return Reference{up, true, made->second};
        } else if (scope->has_contract_field(steps)) {
            return Reference{up, false, scope->slot(steps)};
        }
    }
    diagnostics_.error(mark, reading() ? "no rule makes '" + text + "'" : "the contract has no field '" + text + "'");
    return std::nullopt;
}

}  // namespace headgate::mappings
