// The discriminator of `oneOf` and `anyOf`: which property names the variant, and by which values.
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

// Value -> what it leads to: as the mapping says, and by the names of the variants that it leaves out.
std::map<std::string, Place> values_of(ApiFiles& files, const SchemaView& view) {
    std::map<std::string, Place> values;
    std::set<std::string> mapped;
    if (Place mapping = files.child(view.discriminators.front(), "mapping"))
        for (const auto& entry : mapping.node->entries) {
            values.emplace(entry.key, files.entry(mapping, entry));
            mapped.insert(name_in(files.entry(mapping, entry)));
        }
    for (const auto& variants : view.variants)
        for (Place variant : variants.list)
            if (Place reference = files.child(variant, "$ref"); reference && !mapped.contains(name_in(reference)))
                values.emplace(name_in(reference), reference);
    return values;
}

void judge_value(Judging& judging, const std::string& value, Place was, Place is) {
    if (!is) return judging.tell("discriminator-value-removed", was, {}, "'" + value + "' names no variant any longer");
    if (!was) return judging.tell("discriminator-value-added", {}, is, "'" + value + "' names a variant from now on");
    Place from = target_of(judging.pairs.before_files, was), to = target_of(judging.pairs.after_files, is);
    if (from && to)
        judging.compare("", {from}, {to});
    else if (was.text() != is.text())
        judging.tell("discriminator-changed", was, is, "'" + value + "' names another variant");
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
    auto from = values_of(before, judging.before), to = values_of(after, judging.after);
    for (const auto* side : {&from, &to})
        for (const auto& [value, at] : *side) values.insert(value);
    for (const auto& value : values) {
        if (!judging.budget.spend()) return;
        auto known = from.find(value), found = to.find(value);
        judge_value(judging, value, known == from.end() ? Place() : known->second,
                    found == to.end() ? Place() : found->second);
    }
}

}  // namespace headgate::evolution
