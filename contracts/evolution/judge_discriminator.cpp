// The discriminator: which property names the variant of `oneOf` and `anyOf`, or the heir of the schema, and by which
// values.
#include <algorithm>
#include <map>
#include <set>

#include "contracts/evolution/meaning.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

// A value is a reference, or the name of a component.
Place target_of(ApiFiles& files, Place value) {
    std::string text(value.text());
    if (text.find_first_of("#/.") != std::string::npos)
        if (Place target = files.try_resolve(text, value)) return target;
    return files.try_resolve("#/components/schemas/" + text, value);
}

// The last step of a reference is the value that names its schema where no mapping does.
std::string name_in(Place reference) {
    std::string_view text = reference.text();
    return std::string(text.substr(text.find_last_of("/") == std::string_view::npos ? 0 : text.find_last_of("/") + 1));
}

// One side of the judgement.
struct Side {
    ApiFiles& files;
    Heirs& heirs;
    const SchemaView& view;
    Budget& budget;
};

struct Value {
    Place at, target;     // where it is said; the schema that it names, if there is one
    bool is_own = false;  // nothing but the name of a component
};
using Values = std::map<std::string, Value>;

Values mapped_values(const Side& side) {
    Values values;
    Place mapping = side.files.child(side.view.discriminators.front(), "mapping");
    if (!mapping) return values;
    for (const auto& entry : mapping.node->entries)
        if (Place at = side.files.entry(mapping, entry); side.budget.spend())
            values.emplace(entry.key, Value{at, target_of(side.files, at)});
    return values;
}

// By the mapping, and by the names of the variants that it leaves out.
Values values_of_variants(const Side& side) {
    Values values = mapped_values(side);
    std::set<std::string> mapped;
    for (const auto& [value, named] : values) mapped.insert(name_in(named.at));
    for (const auto& variants : side.view.variants)
        for (Place variant : variants.list)
            if (Place reference = side.files.child(variant, "$ref"); reference && !mapped.contains(name_in(reference)))
                values.emplace(name_in(reference), Value{reference, target_of(side.files, reference)});
    return values;
}

// Without such variants it names the schemas that are made of this one: by the mapping, and by their names.
Values values_of_heirs(const Side& side) {
    const auto& parts = side.view.parts;
    auto holder = std::find_if(parts.begin(), parts.end(), [&](Place part) {
        return side.files.child(part, "discriminator") == side.view.discriminators.front();
    });
    auto mappings = mapped_values(side);
    const Family* family = &side.heirs.of(holder->node, side.budget);
    // This one may be an heir itself: then its own heirs alone.
    Place self =
        *std::find_if(parts.begin(), parts.end(), [&](Place part) { return family->members.contains(part.node); });
    if (self != *holder) family = &side.heirs.of(self.node, side.budget);
    Values values;
    std::set<const SourceNode*> mapped;
    for (const auto& [value, named] : mappings) {
        mapped.insert(named.target.node);
        // What is made of nothing may be meant all the same.
        if (self == *holder || family->members.contains(named.target.node)) values.emplace(value, named);
    }
    for (Place heir : family->heirs) {
        if (mapped.contains(heir.node)) continue;
        std::string name = side.files.component(heir.node)->name;
        while (!values.emplace(name, Value{heir, heir, true}).second) name += ' ';  // another document's
    }
    return values;
}

bool names_variants(const Side& side) {
    for (const auto& variants : side.view.variants)
        for (Place variant : variants.list)
            if (side.files.child(variant, "$ref")) return true;
    return false;
}

Values values_of(const Side& side) { return names_variants(side) ? values_of_variants(side) : values_of_heirs(side); }

// `was` and `is`: what the value names, nullptr where it names nothing.
void judge_variant(Judging& judging, const std::string& name, const Value* was, const Value* is) {
    if (!is) return judging.tell("discriminator-value-removed", was->at, {}, name + " names no variant any longer");
    if (!was) return judging.tell("discriminator-value-added", {}, is->at, name + " names a variant from now on");
    if (was->target && is->target)
        judging.compare("", {was->target}, {is->target});
    else if (bool(was->target) != bool(is->target) || was->at.text() != is->at.text())
        judging.tell("discriminator-changed", was->at, is->at, name + " names another variant");
}

// There may be more heirs than a contract tells: callers know what to do with others, but those that they know must
// stay.
void judge_heir(Judging& judging, const std::string& name, const Value* was, const Value* is) {
    if (was && (!is || (was->target && !is->target))) {
        judging.pairs.before_files.see(was->target);  // no component that nobody referred to
        return judging.tell("subtype-removed", was->at, is ? is->at : judging.after.discriminators.front(),
                            name + " names no schema any longer");
    }
    if (!was && is->is_own)
        return judging.tell("subtype-added", judging.before.discriminators.front(), is->at,
                            name + " names a schema from now on");
    judge_variant(judging, name, was, is);
}

}  // namespace

void judge_discriminator(Judging& judging) {
    auto former = judging.before.discriminators, present = judging.after.discriminators;
    if (former.empty() && present.empty()) return;
    if (former.empty())
        return judging.tell("discriminator-added", {}, present.front(), "a discriminator tells the variants apart");
    if (present.empty())
        return judging.tell("discriminator-removed", former.front(), {}, "no discriminator tells the variants apart");
    Place was = former.front(), is = present.front();
    former.erase(former.begin());
    present.erase(present.begin());
    if (auto others = difference_of(former, present))
        judging.tell("discriminator-changed", others->was ? others->was : was, others->is ? others->is : is,
                     "beside it " + others->from + " was a discriminator, and is " + others->to);
    ApiFiles &before = judging.pairs.before_files, &after = judging.pairs.after_files;
    std::set<std::string> keys, values;
    for (const auto& entry : was.node->entries) keys.insert(entry.key);
    for (const auto& entry : is.node->entries) keys.insert(entry.key);
    for (const auto& key : keys) {
        Place from = before.child(was, key), to = after.child(is, key);
        if (key == "mapping" && (!from || from.node->is_mapping()) && (!to || to.node->is_mapping())) continue;
        std::string old_text = from ? canonical(*from.node) : "absent", text = to ? canonical(*to.node) : "absent";
        if (old_text != text)
            judging.tell("discriminator-changed", from, to, "its " + key + " was " + old_text + " and is " + text);
    }
    Side former_side{before, judging.pairs.before_heirs, judging.before, judging.budget};
    Side present_side{after, judging.pairs.after_heirs, judging.after, judging.budget};
    bool open = !names_variants(former_side) && !names_variants(present_side);
    auto from = values_of(former_side), to = values_of(present_side);
    for (const auto* side : {&from, &to})
        for (const auto& [value, named] : *side) values.insert(value);
    for (const auto& value : values) {
        if (!judging.budget.spend()) return;
        auto known = from.find(value), found = to.find(value);
        (open ? judge_heir : judge_variant)(judging, "'" + value + "'", known == from.end() ? nullptr : &known->second,
                                            found == to.end() ? nullptr : &found->second);
    }
}

}  // namespace headgate::evolution
