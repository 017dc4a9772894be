#include "mappings/plan/laws/written_form.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

std::string misfit_of_one(const LegacyNode& node, const Value& value) {
    if (node.children.empty()) return value.is_object() || value.is_array() ? "'" + node.name + "' is no value" : "";
    if (value.is_null()) return node.nillable ? "" : "'" + node.name + "' is null";
    if (!value.is_object()) return node.child("#text") ? "" : "'" + node.name + "' is no group";
    auto next = node.children.begin();
    for (const auto& member : value.members()) {
        auto found = std::find_if(next, node.children.end(), [&](const auto& c) { return c.name == member.key; });
        if (found == node.children.end())
            return "'" + std::string(member.key) + "' of '" + node.name + "' is unknown, out of order or there twice";
        for (; next != found; ++next)
            if (!next->optional) return "'" + next->name + "' of '" + node.name + "' is not written";
        ++next;
        if (auto why = misfit(*found, member.value); !why.empty()) return why;
    }
    for (; next != node.children.end(); ++next)
        if (!next->optional) return "'" + next->name + "' of '" + node.name + "' is not written";
    return {};
}

}  // namespace

std::string misfit(const LegacyNode& node, const Value& document) {
    if (!node.repeated || !document.is_array()) return misfit_of_one(node, document);
    for (const auto& item : document)
        if (auto why = misfit_of_one(node, item); !why.empty()) return why;
    return {};
}

}  // namespace headgate::mappings
