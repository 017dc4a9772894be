// oneOf and anyOf.
#include <utility>

#include "contracts/evolution/disjoint.hpp"
#include "contracts/evolution/schema_judge.hpp"
#include "contracts/evolution/variant_match.hpp"

namespace headgate::evolution {
namespace {

std::string name_of(const ApiFiles& files, const Conjunction& variant, std::size_t index) {
    for (Place part : variant)
        if (Place reference = files.child(part, "$ref")) {
            std::string_view text = reference.text();
            return "'" + std::string(text.substr(text.rfind('/') + 1)) + "'";
        }
    return "number " + std::to_string(index + 1);
}

void judge_lists(Judging& judging, const std::vector<Conjunction>& before, const std::vector<Conjunction>& after) {
    ApiFiles &before_files = judging.pairs.before_files, &after_files = judging.pairs.after_files;
    auto partner = match_variants(before_files, before, after_files, after, judging.budget);
    std::vector<bool> known(after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (partner[i]) {
            known[*partner[i]] = true;
            judging.compare("", before[i], after[*partner[i]]);
        } else {
            judging.tell("variant-removed", before[i].front(), {},
                         "the variant " + name_of(before_files, before[i], i) + " is gone");
        }
    }
    for (std::size_t i = 0; i < after.size(); ++i)
        if (!known[i])
            judging.tell("variant-added", {}, after[i].front(),
                         "the variant " + name_of(after_files, after[i], i) + " is new");
}

// Where a value may match two variants of `oneOf`, which makes it invalid, one more variant can refuse it: then less
// can be more, and every change breaks.
void judge_one_of(Judging& judging, const std::string& keyword, const std::vector<Conjunction>& before,
                  const std::vector<Conjunction>& after) {
    bool apart = keyword != "oneOf" || (are_disjoint(judging.pairs.before_files, before, judging.budget) &&
                                        are_disjoint(judging.pairs.after_files, after, judging.budget));
    bool strict = std::exchange(judging.pair.mode.strict, judging.pair.mode.strict || !apart);
    judge_lists(judging, before, after);
    judging.pair.mode.strict = strict;
}

std::vector<Conjunction> each_of(const Variants& variants) {
    std::vector<Conjunction> each;
    for (Place variant : variants.list) each.push_back({variant});
    return each;
}

// Nothing but one choice.
bool is_choice(const SchemaView& view) { return view.variants.size() == 1 && !view.says_more_than_variants; }

}  // namespace

bool judge_choice(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    if (is_choice(after) && before.variants.empty() && before.says_more_than_variants) {
        judge_one_of(judging, after.variants.front().keyword, {judging.pair.before}, each_of(after.variants.front()));
        return true;
    }
    if (is_choice(before) && after.variants.empty() && after.says_more_than_variants) {
        judge_one_of(judging, before.variants.front().keyword, each_of(before.variants.front()), {judging.pair.after});
        return true;
    }
    return false;
}

void judge_variants(Judging& judging) {
    const auto &before = judging.before.variants, &after = judging.after.variants;
    if (before.empty() && after.empty()) return;
    if (before.empty() || after.empty()) {
        for (const auto& variants : before)
            judging.tell("combination-removed", variants.at, {}, variants.keyword + " is gone");
        for (const auto& variants : after)
            judging.tell("combination-added", {}, variants.at, variants.keyword + " is new");
        return;
    }
    if (before.size() != after.size()) {
        judging.tell("combination-changed", before.front().at, after.front().at,
                     "there were " + std::to_string(before.size()) + " choices (oneOf, anyOf) and there are " +
                         std::to_string(after.size()));
        return;
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].keyword != after[i].keyword)
            judging.tell("combination-changed", before[i].at, after[i].at,
                         before[i].keyword + " became " + after[i].keyword);
        const std::string& keyword = before[i].keyword == "oneOf" ? before[i].keyword : after[i].keyword;
        judge_one_of(judging, keyword, each_of(before[i]), each_of(after[i]));
    }
}

}  // namespace headgate::evolution
