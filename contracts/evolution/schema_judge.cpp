#include "contracts/evolution/schema_judge.hpp"

#include <algorithm>
#include <stdexcept>

#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {

void Judging::tell(std::string_view rule, Place was, Place is, std::string message, std::string step,
                   std::string hint) {
    const Rule* found = find_rule(std::string(name(pair.mode.direction)) + "-" + std::string(rule));
    if (!found) throw std::logic_error("no rule " + std::string(rule));
    LocalChange& change = pair.changes.emplace_back();
    change.rule = found;
    change.level = found->level;
    if (pair.mode.strict && rule != "restated") {
        change.level = Level::breaking;
        message += " (inside a condition, where less can be more)";
    } else if (pair.mode.muted) {
        change.level = Level::compatible;
        message += request() ? " (read only: callers don't send it)" : " (write only: callers don't receive it)";
    }
    change.message = std::move(message);
    change.hint = std::move(hint);
    change.step = std::move(step);
    change.before = was ? was : before.at;
    change.after = is ? is : after.at;
}

void Judging::compare_as(const std::string& step, Conjunction was, Conjunction is, Mode mode) {
    if (was.empty() && is.empty()) return;
    // Without a step it is the same value.
    mode.judged_around =
        step.empty() && (mode.judged_around || (request() ? this->after : this->before).judges_unnamed);
    PairId to = pairs.add(std::move(was), std::move(is), mode, before.at ? before.at : pair.before_at,
                          after.at ? after.at : pair.after_at);
    pair.edges.push_back({step, to});
}

void Judging::compare(const std::string& step, Conjunction was, Conjunction is) {
    compare_as(step, std::move(was), std::move(is), pair.mode);
}

void Judging::compare_strictly(Place was, Place is) {
    Mode mode = pair.mode;
    mode.strict = true;
    compare_as("", {was}, {is}, mode);
}

std::string step_to(std::string_view member) {
    std::string out = "/";
    for (char c : member) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

std::optional<Difference> difference_of(const std::vector<Place>& before, const std::vector<Place>& after) {
    auto differ = std::mismatch(before.begin(), before.end(), after.begin(), after.end(),
                                [](Place was, Place is) { return canonical(*was.node) == canonical(*is.node); });
    if (differ.first == before.end() && differ.second == after.end()) return std::nullopt;
    auto place = [](const std::vector<Place>& all, auto at) {
        return all.empty() ? Place() : at == all.end() ? all.back() : *at;
    };
    auto text = [](const std::vector<Place>& all) {
        std::string out = all.empty() ? "absent" : canonical(*all.front().node);
        for (std::size_t i = 1; i < all.size(); ++i) out += " or " + canonical(*all[i].node);
        return out;
    };
    return Difference{place(before, differ.first), place(after, differ.second), text(before), text(after)};
}

void judge_schemas(SchemaPairs& pairs, SchemaPair& pair, const SchemaView& before, const SchemaView& after,
                   Budget& budget) {
    Judging judging{pairs, pair, before, after, budget};
    judge_meta(judging);
    judge_discriminator(judging);
    if (judge_choice(judging)) return;
    judge_types(judging);
    judge_values(judging);
    judge_bounds(judging);
    judge_formats(judging);
    judge_patterns(judging);
    judge_others(judging);
    judge_properties(judging);
    judging.compare("/*", before.items, after.items);
    judge_variants(judging);
    if (pair.changes.empty() && before.facts != after.facts)
        judging.tell("restated", {}, {}, "is written otherwise, and means the same");
}

}  // namespace headgate::evolution
