// Where paths lead: into the contract's schema, into the legacy schema, into a scope's slots.
#include "mappings/plan/compile/scope_compiler.hpp"

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
                bool from_top = i == 0 && !contract_prefix_.empty() && end[0] == contract_prefix_.back();
                diagnostics_.error(
                    path.mark,
                    "the contract has no field '" + joined(end, '.') + "' (" + setup_.mapping.contract_side + ")",
                    from_top       ? "inside each: paths begin at the item"
                    : near.empty() ? ""
                                   : "did you mean '" + near + "'?");
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
            bool from_top = i == 0 && !legacy_prefix_.empty() && path.steps[0] == legacy_prefix_.back();
            bool dots = path.steps[i].find('.') != std::string::npos;
            diagnostics_.error(path.mark,
                               legacy_name() + " has no '" + path.text + "'" +
                                   (place.legacy->name.empty() ? "" : " in '" + place.legacy->name + "'"),
                               from_top       ? "inside each: paths begin at the item"
                               : dots         ? "legacy paths are written with /"
                               : near.empty() ? ""
                                              : "did you mean '" + near + "'?");
            return std::nullopt;
        }
        place.legacy = next;
        if (next->repeated && i + 1 < path.steps.size()) {
            diagnostics_.error(path.mark, legacy_name() + " '" + next->name + "' is repeated", "use each:");
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

int ScopeCompiler::null_slot(const std::vector<std::string>& steps) {
    Intake* node = &scope_.intake;
    for (const auto& step : steps) node = &node->child(step);
    if (node->null_slot < 0) node->null_slot = scope_.slots++;
    return node->null_slot;
}

}  // namespace headgate::mappings
