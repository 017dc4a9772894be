// Members of objects: which there are, which must be there, and whether there may be others.
#include <set>
#include <utility>

#include "contracts/evolution/conjunction.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

bool has_flag(ApiFiles& files, const Conjunction& schemas, const char* flag, Budget& budget) {
    for (Place part : take_apart(files, schemas, budget).schemas)
        if (files.child(part, flag).is_true()) return true;
    return false;
}

// One member of one side.
struct Member {
    const Conjunction* schemas = nullptr;  // nullptr: not named
    bool hidden = false;                   // isn't sent in this direction
    bool required = false;                 // of those who send it
    Place required_at;
};

Member member_of(Judging& judging, ApiFiles& files, const SchemaView& view, const std::string& property) {
    Member member;
    if (auto found = view.properties.find(property); found != view.properties.end()) {
        member.schemas = &found->second;
        member.hidden = has_flag(files, *member.schemas, judging.request() ? "readOnly" : "writeOnly", judging.budget);
    }
    if (auto found = view.required.find(property); found != view.required.end()) {
        member.required_at = found->second;
        member.required = !member.hidden;
    }
    return member;
}

// Whether `unevaluatedProperties` judges what the object doesn't name, on the side whose refusals break: what callers
// send by the present contract, what they receive by the former.
bool is_judged_unnamed(const Judging& judging) {
    return judging.pair.mode.judged_around || (judging.request() ? judging.after : judging.before).judges_unnamed;
}

// What the former object said of a member that it didn't name.
void compare_with_unnamed(Judging& judging, const std::string& step, const Conjunction& is, Mode mode) {
    const Conjunction& unnamed = judging.before.additional;
    judging.compare_as(step, unnamed, is, mode);
    // A pattern may have let it pass; nobody runs it here.
    if (!unnamed.empty() && judging.before.others.contains("patternProperties")) judging.compare_as(step, {}, is, mode);
}

void judge_added(Judging& judging, const std::string& property, const Member& is) {
    Place at = is.schemas->front();
    std::string step = step_to(property), name = "'" + property + "'";
    if (judging.request() && at.is_false())
        return judging.tell("properties-closed", {}, at, name + " may not be sent any longer", step);
    if (judging.request() && is.required)
        judging.tell("property-required-added", {}, at, name + " is new and must be sent", step,
                     "make it optional, with a default for callers that don't know it");
    else if (judging.before.closed)
        judging.tell("property-added-to-closed", judging.before.closed_at, at,
                     name + " is new, in an object that was closed", step,
                     judging.request() ? "" : "callers that hold the answer against the former contract refuse it");
    else if (!judging.request() && is_judged_unnamed(judging) &&
             (judging.pair.mode.judged_around || judging.before.additional.empty()))
        judging.tell("property-added-to-closed", {}, at, name + " is new", step,
                     "the object's `unevaluatedProperties` may have callers refuse it");
    else
        judging.tell("property-added-to-open", {}, at, name + " is new, in an object that may have had it", step,
                     judging.request() ? "callers may have sent another thing under this name" : "");
    // What it may be was said for all members that are not named; a pattern may have let it pass, nobody runs it here.
    if (!judging.before.closed && !judging.before.additional.empty())
        judging.compare(step, judging.before.additional, *is.schemas);
    if (judging.before.others.contains("patternProperties")) judging.compare(step, {}, *is.schemas);
}

void judge_removed(Judging& judging, const std::string& property, const Member& was) {
    Place at = was.schemas->front();
    std::string step = step_to(property), name = "'" + property + "'";
    if (judging.after.closed)
        judging.tell("property-removed-from-closed", at, judging.after.closed_at, name + " is gone", step,
                     judging.request() ? "callers that send it are refused" : "callers that read it find nothing");
    else if (judging.request() && is_judged_unnamed(judging))
        judging.tell("property-removed-from-closed", at, {}, name + " is gone", step,
                     "the object's `unevaluatedProperties` may refuse callers that send it");
    else
        judging.tell("property-removed-from-open", at, {}, name + " is no longer named", step,
                     judging.request() ? "callers that send it are accepted, but nobody reads it" : "");
    if (!judging.after.closed && !judging.after.additional.empty())
        judging.compare(step, *was.schemas, judging.after.additional);
}

// `hidden`: on both sides, so that nothing breaks in this direction.
void judge_presence(Judging& judging, const std::string& property, const Member& was, const Member& is, bool hidden) {
    bool before = hidden ? bool(was.required_at) : was.required, after = hidden ? bool(is.required_at) : is.required;
    if (before == after || (before && is.hidden && !hidden)) return;  // `read-only-added` says the latter
    Place was_at = was.schemas ? was.schemas->front() : Place(), is_at = is.schemas ? is.schemas->front() : Place();
    bool muted = std::exchange(judging.pair.mode.muted, judging.pair.mode.muted || hidden);
    if (after)
        judging.tell("property-became-required", was_at, is.required_at, "'" + property + "' must be there",
                     step_to(property));
    else
        judging.tell("property-became-optional", was.required_at, is_at, "'" + property + "' may be absent",
                     step_to(property));
    judging.pair.mode.muted = muted;
}

void judge_closedness(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    if (before.closed != after.closed) {
        if (after.closed)
            judging.tell("properties-closed", {}, after.closed_at, "there may be no other members any longer");
        else
            judging.tell("properties-opened", before.closed_at, {}, "there may be other members from now on");
        return;
    }
    if (!before.closed || before.names_all || after.names_all)
        judging.compare("/*", before.additional, after.additional);
    // An `additionalProperties` answers for all members, and leaves none to `unevaluatedProperties`.
    if (before.names_all == after.names_all || !is_judged_unnamed(judging)) return;
    if (judging.request() && before.names_all)
        judging.tell("properties-closed", {}, {}, "`unevaluatedProperties` judges the other members from now on");
    else if (!judging.request() && after.names_all)
        judging.tell("properties-opened", {}, {}, "`unevaluatedProperties` judges the other members no longer");
}

}  // namespace

void judge_properties(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    std::set<std::string> names;
    for (const auto* view : {&before, &after}) {
        for (const auto& [property, schemas] : view->properties) names.insert(property);
        for (const auto& [property, at] : view->required) names.insert(property);
    }
    for (const auto& property : names) {
        if (!judging.budget.spend()) return;
        Member was = member_of(judging, judging.pairs.before_files, before, property);
        Member is = member_of(judging, judging.pairs.after_files, after, property);
        if (!was.schemas && is.schemas && !was.required_at) {
            judge_added(judging, property, is);
        } else if (was.schemas && !is.schemas) {
            judge_removed(judging, property, was);
            if (is.required_at) judge_presence(judging, property, was, is, false);
        } else {
            bool hidden = was.hidden && is.hidden;
            Mode mode = judging.pair.mode;
            mode.muted = mode.muted || hidden;
            if (was.schemas)
                judging.compare_as(step_to(property), *was.schemas, *is.schemas, mode);
            else if (is.schemas)  // required before, and not named
                compare_with_unnamed(judging, step_to(property), *is.schemas, mode);
            judge_presence(judging, property, was, is, hidden);
        }
    }
    judge_closedness(judging);
}

}  // namespace headgate::evolution
