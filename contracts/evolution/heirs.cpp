#include "contracts/evolution/heirs.hpp"

#include <algorithm>

#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

bool is_another_name(const SourceNode& schema) {
    return schema.find("$ref") && std::all_of(schema.entries.begin(), schema.entries.end(), [](const auto& entry) {
               return entry.key == "$ref" || is_annotation(entry.key);
           });
}

}  // namespace

// Recursion is bounded by the depth of a source file.
void Heirs::read(Place heir, Place part, Budget& budget) {
    if (!budget.spend()) return;
    if (Place reference = files_.child(part, "$ref"); reference && reference.node->is_scalar())
        if (Place target = files_.try_resolve(reference.text(), reference)) children_[target.node].push_back(heir);
    if (Place all = files_.child(part, "allOf"); all && all.node->is_sequence())
        for (std::size_t i = 0; i < all.node->items.size(); ++i) read(heir, files_.item(all, i), budget);
}

void Heirs::read_new_components(Budget& budget) {
    if (read_ < files_.components().size()) families_.clear();
    // A reference may open a file with more of them.
    for (; read_ < files_.components().size(); ++read_) {
        Place component = files_.components()[read_];
        read(component, component, budget);
    }
}

const Family& Heirs::of(const SourceNode* base, Budget& budget) {
    read_new_components(budget);
    auto [found, added] = families_.try_emplace(base);
    Family& family = found->second;
    if (!added) return family;
    family.members.insert(base);
    std::vector<const SourceNode*> open{base};
    for (std::size_t i = 0; i < open.size() && budget.spend(); ++i)
        for (Place child : children_[open[i]]) {
            if (!family.members.insert(child.node).second) continue;
            open.push_back(child.node);
            if (!is_another_name(*child.node)) family.heirs.push_back(child);
        }
    return family;
}

}  // namespace headgate::evolution
