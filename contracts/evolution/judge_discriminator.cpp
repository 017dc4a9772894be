// The discriminator of `oneOf` and `anyOf`: which property names the variant, and by which values.
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
    Place was = judging.before.discriminator, is = judging.after.discriminator;
    if (!was && !is) return;
    if (!was) return judging.tell("discriminator-added", {}, is, "a discriminator tells the variants apart");
    if (!is) return judging.tell("discriminator-removed", was, {}, "no discriminator tells the variants apart");
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
    Place from = before.child(was, "mapping"), to = after.child(is, "mapping");
    if (from)
        for (const auto& entry : from.node->entries) values.insert(entry.key);
    if (to)
        for (const auto& entry : to.node->entries) values.insert(entry.key);
    for (const auto& value : values)
        if (judging.budget.spend()) judge_value(judging, value, before.child(from, value), after.child(to, value));
}

}  // namespace headgate::evolution
