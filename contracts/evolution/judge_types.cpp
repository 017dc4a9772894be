// Types, null, enumerations.
#include <algorithm>

#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {

namespace {

bool any_refuses_null(ApiFiles& files, const SchemaView& view, Budget& budget) {
    return std::any_of(view.variants.begin(), view.variants.end(), [&](const Variants& variants) {
        return std::none_of(variants.list.begin(), variants.list.end(), [&](Place variant) {
            return (view_of(files, {variant}, budget).types & types::null) != 0;
        });
    });
}

// Null beside variants and conditions, which types don't tell.
void judge_null_beside(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    if (before.null_beside == after.null_beside) return;
    // Beside what allows null already, `oneOf` refuses it.
    bool uncertain =
        (before.null_beside == "oneOf" && !any_refuses_null(judging.pairs.before_files, before, judging.budget)) ||
        (after.null_beside == "oneOf" && !any_refuses_null(judging.pairs.after_files, after, judging.budget));
    if (uncertain)
        judging.tell("combination-changed", {}, {}, "null is another variant than before");
    else if (before.null_beside.empty())
        judging.tell("nullable-added", {}, {}, "null is a value from now on");
    else if (after.null_beside.empty())
        judging.tell("nullable-removed", {}, {}, "null is no value any longer");
}

}  // namespace

void judge_types(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    if (before.types == after.types) return judge_null_beside(judging);
    Place was_at = before.types_at, is_at = after.types_at;
    // Null is told of on its own, beside types that are named.
    auto beside_null = [](Types set) { return set != types::all && (set & ~types::null) != 0; };
    bool apart = beside_null(before.types) && beside_null(after.types);
    auto rest = [&](Types set) { return apart ? static_cast<Types>(set & ~types::null) : set; };
    Types was = rest(before.types), is = rest(after.types);
    if (was != is) {
        std::string message = "the type was " + types::text(before.types) + " and is " + types::text(after.types);
        // To nothing is no narrowing: what was received before is gone.
        const char* rule = is == 0             ? "type-changed"
                           : (was & is) == is  ? "type-narrowed"
                           : (was & is) == was ? "type-widened"
                                               : "type-changed";
        judging.tell(rule, was_at, is_at, std::move(message));
    }
    if (!apart || (before.types & types::null) == (after.types & types::null)) return judge_null_beside(judging);
    if (after.types & types::null)
        judging.tell("nullable-added", was_at, is_at, "null is a value from now on");
    else
        judging.tell("nullable-removed", was_at, is_at, "null is no value any longer");
}

void judge_values(Judging& judging) {
    const auto &before = judging.before.values, &after = judging.after.values;
    Place was_at = judging.before.values_at, is_at = judging.after.values_at;
    if (!before && !after) return;
    if (!before) return judging.tell("enum-added", {}, is_at, "only certain values are left");
    if (!after) return judging.tell("enum-removed", was_at, {}, "it may be any value, not only certain ones");
    for (const auto& [value, at] : *before)
        if (!after->contains(value))
            judging.tell("enum-value-removed", at, is_at, value + " is none of the values any longer");
    for (const auto& [value, at] : *after)
        if (!before->contains(value))
            judging.tell("enum-value-added", was_at, at, value + " is one of the values from now on", {},
                         judging.request() ? "" : "callers that know the former values alone can't handle it");
}

}  // namespace headgate::evolution
