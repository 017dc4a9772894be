// Follows the target's outlets down a pointer and gathers the sources of the lists and the value on its way.
#include "mappings/plan/run/pointers.hpp"

namespace headgate::mappings {

namespace {

// The next step of a pointer, taken off; empty at its end.
std::string_view next_step(std::string_view& pointer) {
    if (!pointer.starts_with('/')) return {};
    pointer.remove_prefix(1);
    auto step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    return step;
}

bool is_index(std::string_view step) {
    return !step.empty() && std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> of_value(const Scope& scope, const Outlet& outlet, std::string_view rest) {
    const Step* made_by = nullptr;
    for (const Step& step : scope.steps)
        for (int result : step.results)
            if (std::find(outlet.results.begin(), outlet.results.end(), result) != outlet.results.end()) {
                if (made_by && made_by != &step) return std::nullopt;
                made_by = &step;
            }
    if (!made_by) return std::nullopt;
    switch (made_by->kind) {
        case Step::Kind::calc:
        case Step::Kind::constant: return std::nullopt;
        case Step::Kind::copy: return made_by->contract + std::string(rest);
        case Step::Kind::list: {
            if (rest.empty()) return made_by->contract;
            auto index = next_step(rest);
            if (!is_index(index) || !rest.empty()) return std::nullopt;
            return made_by->contract + "/" + std::string(index);
        }
        case Step::Kind::chain:
        case Step::Kind::split: break;
    }
    return rest.empty() ? std::optional(made_by->contract) : std::nullopt;
}

std::optional<std::string> below(const Scope& scope, const std::vector<Outlet>& members, std::string_view rest) {
    auto name = next_step(rest);
    auto outlet = std::find_if(members.begin(), members.end(), [&](const Outlet& o) { return o.name == name; });
    if (name.empty() || outlet == members.end()) return std::nullopt;
    switch (outlet->kind) {
        case Outlet::Kind::value: return of_value(scope, *outlet, rest);
        case Outlet::Kind::group: return below(scope, outlet->children, rest);
        case Outlet::Kind::list: break;
    }
    if (rest.empty()) return outlet->contract;
    auto index = next_step(rest);
    if (!is_index(index)) return std::nullopt;
    std::string item = outlet->contract + "/" + std::string(index);
    if (rest.empty()) return item;
    auto inner = below(*outlet->scope, outlet->scope->members, rest);
    return inner ? std::optional(item + *inner) : std::nullopt;
}

}  // namespace

std::optional<std::string> source_pointer(const Transfer& transfer, std::string_view target) {
    if (transfer.direction != Direction::to_legacy) return std::nullopt;
    return below(transfer.root, transfer.root.members, target);
}

}  // namespace headgate::mappings
