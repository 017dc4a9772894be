// Puts the steps of a scope in an order in which each finds its results made.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

void ScopeCompiler::order_steps() {
    std::vector<Step> ordered;
    std::vector<bool> made(static_cast<std::size_t>(scope_.results), false);
    for (int result = 0; result < scope_.results; ++result) {
        bool any = std::any_of(scope_.steps.begin(), scope_.steps.end(), [&](const Step& s) {
            return std::find(s.results.begin(), s.results.end(), result) != s.results.end();
        });
        made[static_cast<std::size_t>(result)] = !any;  // of a rule with a fault
    }
    auto ready = [&](const Step& step) {
        auto there = [&](const Reference& r) {
            return r.up > 0 || !r.result || made[static_cast<std::size_t>(r.index)];
        };
        for (const auto& reference : step.references)
            if (!there(reference)) return false;
        for (const auto& operation : step.program)
            if (!there(operation.field)) return false;
        for (int test : step.tests)
            if (!there(scope_.tests[static_cast<std::size_t>(test)].field)) return false;
        return true;
    };
    // Two steps may make one result (under different conditions); it counts as made after the last of them.
    while (!scope_.steps.empty()) {
        auto next = std::find_if(scope_.steps.begin(), scope_.steps.end(), ready);
        if (next == scope_.steps.end()) {
            diagnostics_.error(scope_.steps.front().mark,
                               "'" + scope_.steps.front().contract.substr(1) + "' depends on itself");
            return;
        }
        for (int result : next->results) made[static_cast<std::size_t>(result)] = true;
        ordered.push_back(std::move(*next));
        scope_.steps.erase(next);
    }
    scope_.steps = std::move(ordered);
}

}  // namespace headgate::mappings
