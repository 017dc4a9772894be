// Security: the ways in which callers may say who they are.
#include <algorithm>
#include <map>
#include <set>

#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

// Scheme -> scopes, all of them needed.
using Alternative = std::map<std::string, std::set<std::string>>;

struct Alternatives {
    std::vector<std::pair<Alternative, Place>> all;
    bool open = false;  // nobody has to say who they are
};

Alternatives alternatives_of(ApiFiles& files, Place security) {
    Alternatives out;
    if (security) files.see_all(security);
    if (!security || !security.node->is_sequence() || security.node->items.empty()) {
        out.open = true;
        return out;
    }
    for (std::size_t i = 0; i < security.node->items.size(); ++i) {
        Place requirement = files.item(security, i);
        Alternative alternative;
        for (const auto& entry : requirement.node->entries) {
            auto& scopes = alternative[entry.key];
            for (const auto& scope : entry.value.items) scopes.insert(scope.text);
        }
        if (alternative.empty()) out.open = true;
        out.all.emplace_back(std::move(alternative), requirement);
    }
    return out;
}

Place scheme_of(ApiFiles& files, Place root, const std::string& name) {
    return files.follow(files.child(files.child(files.child(root, "components"), "securitySchemes"), name));
}

std::string text(const Alternative& alternative) {
    std::string out;
    for (const auto& [scheme, scopes] : alternative) out += (out.empty() ? "" : " and ") + scheme;
    return out;
}

bool same_schemes(const Alternative& one, const Alternative& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const auto& a, const auto& b) { return a.first == b.first; });
}

// Whether a caller who fulfils `had` fulfils `needed` too.
bool is_enough(const Alternative& had, const Alternative& needed) {
    return std::all_of(needed.begin(), needed.end(), [&](const auto& need) {
        auto found = had.find(need.first);
        return found != had.end() &&
               std::includes(found->second.begin(), found->second.end(), need.second.begin(), need.second.end());
    });
}

// Schemes of the present side by the names that equal schemes have on the former one; these names are returned.
std::set<std::string> rename(Comparison& comparison, Alternatives& before, Alternatives& after) {
    std::set<std::string> names, equal;
    for (const auto& [alternative, at] : before.all)
        for (const auto& [scheme, scopes] : alternative) names.insert(scheme);
    for (auto& [alternative, at] : after.all) {
        Alternative renamed;
        for (auto& [scheme, scopes] : alternative) {
            std::string known = scheme;
            if (!names.contains(scheme))
                for (const auto& name : names)
                    if (comparison.same_meaning({scheme_of(comparison.before_files, comparison.root.before, name),
                                                 scheme_of(comparison.after_files, comparison.root.after, scheme)}))
                        equal.insert(known = name);
            renamed.emplace(known, std::move(scopes));
        }
        alternative = std::move(renamed);
    }
    return equal;
}

// One that is there on one side alone is as good as another: what it asks for can't be told.
void compare_schemes(Comparison& comparison, const Frame& frame, const Alternatives& before, const Alternatives& after,
                     const std::set<std::string>& equal) {
    std::set<std::string> names;
    for (const auto& [alternative, at] : before.all)
        for (const auto& [scheme, scopes] : alternative) names.insert(scheme);
    std::set<std::string> used;
    for (const auto& [alternative, at] : after.all)
        for (const auto& [scheme, scopes] : alternative) used.insert(scheme);
    for (const auto& name : names) {
        if (!used.contains(name) || equal.contains(name)) continue;
        Both scheme{scheme_of(comparison.before_files, comparison.root.before, name),
                    scheme_of(comparison.after_files, comparison.root.after, name)};
        if (!comparison.same_meaning(scheme))
            comparison.tell(frame, "security-scheme-changed", scheme, "the security scheme '" + name + "' has changed");
    }
}

void judge_former(Comparison& comparison, const Frame& frame, const std::pair<Alternative, Place>& was,
                  const Alternatives& after, Place there) {
    for (const auto& [alternative, at] : after.all)
        if (is_enough(was.first, alternative)) return;
    for (const auto& [alternative, at] : after.all)
        if (same_schemes(was.first, alternative))
            return comparison.tell(frame, "security-scope-added", {was.second, at},
                                   text(was.first) + " needs another scope than before");
    comparison.tell(frame, "security-alternative-removed", {was.second, there},
                    "'" + text(was.first) + "' is not enough any longer");
}

void judge_present(Comparison& comparison, const Frame& frame, const std::pair<Alternative, Place>& is,
                   const Alternatives& before, Place there) {
    bool known = false;
    for (const auto& [alternative, at] : before.all) {
        if (alternative == is.first) return;
        if (same_schemes(alternative, is.first)) {
            if (is_enough(alternative, is.first))
                return comparison.tell(frame, "security-scope-removed", {at, is.second},
                                       text(is.first) + " needs fewer scopes than before");
            known = true;  // told as security-scope-added
        }
    }
    if (!known)
        comparison.tell(frame, "security-alternative-added", {there, is.second}, "'" + text(is.first) + "' is enough");
}

}  // namespace

void compare_security(Comparison& comparison, const Frame& frame, Both security, Both places) {
    Alternatives before = alternatives_of(comparison.before_files, security.before);
    Alternatives after = alternatives_of(comparison.after_files, security.after);
    auto equal = rename(comparison, before, after);
    Both at{security.before ? security.before : places.before, security.after ? security.after : places.after};
    if (before.open && !after.open)
        comparison.tell(frame, "security-added", at, "callers must say who they are");
    else if (!before.open && after.open)
        comparison.tell(frame, "security-removed", at, "everybody may call");
    if (!after.open)
        for (const auto& was : before.all)
            if (!was.first.empty()) judge_former(comparison, frame, was, after, at.after);
    if (!before.open)
        for (const auto& is : after.all)
            if (!is.first.empty()) judge_present(comparison, frame, is, before, at.before);
    if (before.open && after.open)
        for (const auto& [one, other, rule, what] :
             {std::tuple(&before, &after, "security-alternative-removed", " is gone"),
              std::tuple(&after, &before, "security-alternative-added", " is new")})
            for (const auto& [alternative, place] : one->all) {
                bool there = std::any_of(other->all.begin(), other->all.end(),
                                         [&a = alternative](const auto& b) { return a == b.first; });
                if (!there && !alternative.empty())
                    comparison.tell(frame, rule, one == &before ? Both{place, at.after} : Both{at.before, place},
                                    "'" + text(alternative) + "'" + what);
            }
    compare_schemes(comparison, frame, before, after, equal);
}

}  // namespace headgate::evolution
