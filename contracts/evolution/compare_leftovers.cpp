// The net below all comparers: both documents are walked side by side, and what differs in an object that no comparer
// has looked at is told as unjudged.
#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

class Walk {
  public:
    explicit Walk(Comparison& comparison) : comparison_(comparison) {}

    // `names`: the keys are an author's. Recursion is bounded by the depth of a source file.
    void visit(Both at, const std::string& pointer, bool names) {
        const SourceNode &before = *at.before.node, &after = *at.after.node;
        if (!comparison_.budget.spend()) return;
        // Scalars, and what has become another kind of thing, are their parent's, which was looked at.
        if (before.kind != after.kind || before.is_scalar()) return;
        if (before.is_mapping()) {
            if (!is_looked_at(at) && !names) return hold(at, pointer, false);
            if (!names && beside_reference(comparison_.before_files, at.before) !=
                              beside_reference(comparison_.after_files, at.after))
                comparison_.tell({}, "unjudged-change", at,
                                 "what stands beside the $ref at '" + pointer + "' has changed");
            for (const auto& key : comparison_.keys(at)) {
                if (!names && (is_annotation(key) || is_value(key))) continue;
                Both value = comparison_.child(at, key);
                if (value.before && value.after) visit(value, pointer + '/' + key, !names && holds_names(key));
            }
        } else if (before.is_sequence()) {
            visit_items(at, pointer);
        }
    }

  private:
    // What the specification takes no notice of.
    static std::string beside_reference(const ApiFiles& files, Place at) {
        std::string text;
        if (files.is_void(at.node))
            for (const auto& entry : at.node->entries)
                if (entry.key != "$ref" && !is_annotation(entry.key))
                    text += entry.key + '=' + canonical(entry.value) + ' ';
        return text;
    }
    bool is_looked_at(Both at) const {
        return comparison_.before_files.seen(at.before.node) || comparison_.after_files.seen(at.after.node);
    }
    void hold(Both at, const std::string& pointer, bool names) {
        if (raw_meaning(*at.before.node, names) != raw_meaning(*at.after.node, names))
            comparison_.tell({}, "unjudged-change", at, "'" + pointer + "' has changed in a place that no rule judges");
    }
    void visit_items(Both at, const std::string& pointer) {
        const auto &before = at.before.node->items, &after = at.after.node->items;
        bool any_looked_at = is_looked_at(at), has_objects = false;
        for (const auto* items : {&before, &after})
            for (const auto& item : *items) {
                any_looked_at =
                    any_looked_at || comparison_.before_files.seen(&item) || comparison_.after_files.seen(&item);
                has_objects = has_objects || !item.is_scalar();
            }
        if (!has_objects) return;
        if (!any_looked_at) return hold(at, pointer, false);
        for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i)
            visit({{&before[i], at.before.resource}, {&after[i], at.after.resource}}, pointer + '/' + std::to_string(i),
                  false);
    }

    Comparison& comparison_;
};

}  // namespace

void compare_leftovers(Comparison& comparison) { Walk(comparison).visit(comparison.root, "#", false); }

}  // namespace headgate::evolution
