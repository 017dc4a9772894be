// Conditions, patterned members, tuples, and keywords that nobody knows: the safe verdict where none is exact.
#include <set>

#include "contracts/evolution/meaning.hpp"
#include "contracts/evolution/schema_judge.hpp"
#include "contracts/schema/keywords.hpp"

namespace headgate::evolution {
namespace {

using Values = std::vector<Place>;

// One more of these lets less pass, whatever stands under it.
bool is_condition(std::string_view keyword) {
    return keyword == "not" || keyword == "if" || keyword == "contains" || keyword == "propertyNames" ||
           keyword == "dependentRequired";
}

bool holds_schema(const std::string& keyword) { return schema::kind_of(keyword) == schema::KeywordKind::schema; }

bool is_equal(const Values& before, const Values& after) {
    std::multiset<std::string> was, is;
    for (Place value : before) was.insert(canonical(*value.node));
    for (Place value : after) is.insert(canonical(*value.node));
    return was == is;
}

void compare_maps(Judging& judging, const std::string& keyword, Place was, Place is) {
    ApiFiles &before = judging.pairs.before_files, &after = judging.pairs.after_files;
    before.see(was);
    after.see(is);
    for (const auto& entry : was.node->entries) {
        if (!judging.budget.spend()) return;
        if (Place partner = after.child(is, entry.key))
            judging.compare(keyword == "patternProperties" ? "/*" : "", {before.entry(was, entry)}, {partner});
        else
            judging.tell("keyword-changed", before.entry(was, entry), is, keyword + " of '" + entry.key + "' is gone");
    }
    for (const auto& entry : is.node->entries)
        if (judging.budget.spend() && !before.child(was, entry.key))
            judging.tell("keyword-changed", was, after.entry(is, entry), keyword + " of '" + entry.key + "' is new");
}

void compare_lists(Judging& judging, const std::string& keyword, Place was, Place is) {
    std::size_t before = was.node->items.size(), after = is.node->items.size();
    if (before != after)
        judging.tell("keyword-changed", was, is,
                     keyword + " had " + std::to_string(before) + " schemas and has " + std::to_string(after));
    for (std::size_t i = 0; i < std::min(before, after) && judging.budget.spend(); ++i)
        judging.compare("/" + std::to_string(i), {judging.pairs.before_files.item(was, i)},
                        {judging.pairs.after_files.item(is, i)});
}

// True when both are looked into; what has changed below is told there.
bool look_into(Judging& judging, const std::string& keyword, const Values& before, const Values& after) {
    if (before.size() != after.size()) return false;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const SourceNode &was = *before[i].node, &is = *after[i].node;
        bool maps =
            (keyword == "patternProperties" || keyword == "dependentSchemas") && was.is_mapping() && is.is_mapping();
        bool lists = keyword == "prefixItems" && was.is_sequence() && is.is_sequence();
        if (!maps && !lists && (!holds_schema(keyword) || was.is_sequence() || is.is_sequence())) return false;
        if (maps)
            compare_maps(judging, keyword, before[i], after[i]);
        else if (lists)
            compare_lists(judging, keyword, before[i], after[i]);
        else
            judging.compare_strictly(before[i], after[i]);
    }
    return true;
}

void judge_keyword(Judging& judging, const std::string& keyword, const Values& before, const Values& after) {
    if (look_into(judging, keyword, before, after)) return;
    for (Place value : before) judging.pairs.before_files.see_all(value);
    for (Place value : after) judging.pairs.after_files.see_all(value);
    if (is_equal(before, after)) return;
    Place was = before.empty() ? Place() : before.front(), is = after.empty() ? Place() : after.front();
    bool known = schema::kind_of(keyword) != schema::KeywordKind::unknown;
    const char* rule = !known                                    ? "unknown-keyword-changed"
                       : before.empty() && is_condition(keyword) ? "keyword-added"
                       : after.empty() && is_condition(keyword)  ? "keyword-removed"
                                                                 : "keyword-changed";
    judging.tell(rule, was, is, keyword + (before.empty() ? " is new" : after.empty() ? " is gone" : " has changed"));
}

}  // namespace

void judge_others(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    bool left_over = before.others.contains("unevaluatedItems") && after.others.contains("unevaluatedItems");
    if (left_over && (before.items.empty() != after.items.empty() ||
                      before.others.contains("contains") != after.others.contains("contains")))
        judging.tell("keyword-changed", before.others.at("unevaluatedItems").front(),
                     after.others.at("unevaluatedItems").front(), "unevaluatedItems judges other items than before");
    std::set<std::string> keywords;
    for (const auto* view : {&judging.before, &judging.after})
        for (const auto& [keyword, values] : view->others) keywords.insert(keyword);
    static const Values none;
    for (const auto& keyword : keywords) {
        auto was = judging.before.others.find(keyword), is = judging.after.others.find(keyword);
        judge_keyword(judging, keyword, was == judging.before.others.end() ? none : was->second,
                      is == judging.after.others.end() ? none : is->second);
    }
}

}  // namespace headgate::evolution
