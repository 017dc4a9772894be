// Bounds of numbers, lengths and counts.
#include "contracts/document/number.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

std::string text(bool lower, const std::optional<Bound>& bound) {
    if (!bound) return "none";
    return (lower ? (bound->exclusive ? "above " : "at least ") : (bound->exclusive ? "below " : "at most ")) +
           bound->number;
}

// Above zero when `after` lets less pass than `before`, below when it lets more pass.
int strictness(bool lower, const std::optional<Bound>& before, const std::optional<Bound>& after) {
    if (!before || !after) return (after ? 1 : 0) - (before ? 1 : 0);
    auto order = Decimal(after->number) <=> Decimal(before->number);
    if (order == 0) return (after->exclusive ? 1 : 0) - (before->exclusive ? 1 : 0);
    return (order > 0) == lower ? 1 : -1;
}

void judge_bound(Judging& judging, bool lower, const std::optional<Bound>& before, const std::optional<Bound>& after) {
    int stricter = strictness(lower, before, after);
    if (stricter == 0) return;
    judging.tell(stricter > 0 ? "limit-tightened" : "limit-loosened", before ? before->at : Place(),
                 after ? after->at : Place(),
                 std::string("the ") + (lower ? "lower" : "upper") + " bound was " + text(lower, before) + " and is " +
                     text(lower, after));
}

void judge_limit(Judging& judging, const std::string& keyword, Place was, Place is) {
    bool least = keyword.starts_with("min");
    int stricter = (is ? 1 : 0) - (was ? 1 : 0);
    if (was && is) {
        auto order = Decimal(is.text()) <=> Decimal(was.text());
        stricter = order == 0 ? 0 : (order > 0) == least ? 1 : -1;
    }
    if (stricter == 0) return;
    auto text = [](Place at) { return at ? std::string(at.text()) : std::string("none"); };
    judging.tell(stricter > 0 ? "limit-tightened" : "limit-loosened", was, is,
                 keyword + " was " + text(was) + " and is " + text(is));
}

bool divides(Place divisor, Place number) {
    Decimal by(divisor.text());
    return by.digits() <= 18 && Decimal(number.text()).is_multiple_of(by);
}

void judge_multiples(Judging& judging) {
    const auto &before = judging.before.multiples, &after = judging.after.multiples;
    std::vector<Place> gone, come;
    for (const auto& [number, at] : before)
        if (!after.contains(number)) gone.push_back(at);
    for (const auto& [number, at] : after)
        if (!before.contains(number)) come.push_back(at);
    for (std::size_t i = 0; i < std::max(gone.size(), come.size()); ++i) {
        Place was = i < gone.size() ? gone[i] : Place(), is = i < come.size() ? come[i] : Place();
        auto text = [](Place at) { return at ? std::string(at.text()) : std::string("none"); };
        const char* rule = !was               ? "limit-tightened"
                           : !is              ? "limit-loosened"
                           : divides(was, is) ? "limit-tightened"
                           : divides(is, was) ? "limit-loosened"
                                              : "limit-changed";
        judging.tell(rule, was, is, "multipleOf was " + text(was) + " and is " + text(is));
    }
}

}  // namespace

void judge_bounds(Judging& judging) {
    const SchemaView &before = judging.before, &after = judging.after;
    judge_bound(judging, true, before.lower, after.lower);
    judge_bound(judging, false, before.upper, after.upper);
    for (const char* keyword : {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}) {
        auto was = before.limits.find(keyword), is = after.limits.find(keyword);
        judge_limit(judging, keyword, was == before.limits.end() ? Place() : was->second,
                    is == after.limits.end() ? Place() : is->second);
    }
    judge_multiples(judging);
    if (bool(before.unique) != bool(after.unique))
        judging.tell(after.unique ? "limit-tightened" : "limit-loosened", before.unique, after.unique,
                     after.unique ? "no item may come twice" : "items may come twice");
}

}  // namespace headgate::evolution
