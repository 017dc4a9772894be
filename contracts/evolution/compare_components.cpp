// Components that no operation refers to: mappings, other files and generated code may know them by their name.
#include <set>

#include "contracts/evolution/comparers.hpp"

namespace headgate::evolution {
namespace {

void compare_schema(Comparison& comparison, const std::string& name, Both at) {
    for (Direction direction : {Direction::request, Direction::response}) {
        Frame frame;
        frame.direction = direction;
        frame.where = "component " + name;
        comparison.compare_schemas(frame, at, at);
    }
}

bool is_section(const std::string& key) {
    static const std::set<std::string_view> all = {"schemas",       "responses", "parameters",
                                                   "requestBodies", "headers",   "securitySchemes",
                                                   "links",         "callbacks", "pathItems"};
    return all.contains(key);
}

void compare_component(Comparison& comparison, const std::string& section, const std::string& name, Both at,
                       Both sections) {
    bool was_seen = at.before && comparison.before_files.seen(at.before.node);
    bool is_seen = at.after && comparison.after_files.seen(at.after.node);
    if (was_seen || is_seen) return;  // judged where it is referred to
    Frame frame;
    frame.where = "component " + section + "/" + name;
    Both places{at.before ? at.before : sections.before, at.after ? at.after : sections.after};
    if (!at.before) {
        comparison.tell(frame, "component-added", places, "is new");
    } else if (!at.after) {
        comparison.tell(frame, "component-removed", places, "is gone");
    } else if (section == "schemas") {
        compare_schema(comparison, section + "/" + name, at);
    } else if (!comparison.same_meaning(at)) {
        comparison.tell(frame, "component-changed", places, "has changed");
    }
}

}  // namespace

void compare_components(Comparison& comparison) {
    Both components = comparison.child(comparison.root, "components");
    comparison.see(components);
    for (const auto& section : comparison.keys(components)) {
        Both sections = comparison.child(components, section);
        bool mappings = (!sections.before || sections.before.node->is_mapping()) &&
                        (!sections.after || sections.after.node->is_mapping());
        if (section == "examples" || !is_section(section) || !mappings) continue;
        comparison.see(sections);
        Both places{sections.before ? sections.before : components.before,
                    sections.after ? sections.after : components.after};
        for (const auto& name : comparison.keys(sections))
            if (comparison.budget.spend())
                compare_component(comparison, section, name, comparison.child(sections, name), places);
    }
    Frame frame;
    frame.where = "components";
    comparison.compare_rest(frame, components,
                            {"schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes",
                             "links", "callbacks", "pathItems"});
}

}  // namespace headgate::evolution
