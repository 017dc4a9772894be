#include "contracts/evolution/schema_pairs.hpp"

#include <algorithm>

#include "contracts/evolution/conjunction.hpp"
#include "contracts/evolution/schema_judge.hpp"

namespace headgate::evolution {
namespace {

// The nearest component that the schema is, or refers to.
const ComponentName* component_of(const ApiFiles& files, const SchemaView& view) {
    for (Place part : view.parts)
        if (const ComponentName* name = files.component(part.node)) return name;
    return nullptr;
}

std::string shortened(const std::string& step) { return step.size() > 120 ? step.substr(0, 117) + "..." : step; }

}  // namespace

PairId SchemaPairs::add(Conjunction before, Conjunction after, Mode mode, Place before_at, Place after_at) {
    before = without_references(before_files, std::move(before), budget_);
    after = without_references(after_files, std::move(after), budget_);
    Key key;
    for (Place at : before) std::get<0>(key).push_back(at.node);
    for (Place at : after) std::get<1>(key).push_back(at.node);
    std::get<2>(key) = mode;
    auto [found, added] = by_key_.emplace(std::move(key), static_cast<PairId>(pairs_.size()));
    if (!added) return found->second;
    if (pairs_.size() >= budget_.limits().pairs) budget_.cut();
    SchemaPair& pair = pairs_.emplace_back();
    pair.before = std::move(before);
    pair.after = std::move(after);
    pair.before_at = before_at;
    pair.after_at = after_at;
    pair.mode = mode;
    return found->second;
}

void SchemaPairs::judge() {
    for (; judged_ < pairs_.size(); ++judged_) {
        if (!budget_.spend()) continue;  // what is left stays unjudged, and the comparison says so
        SchemaPair& pair = pairs_[judged_];
        SchemaView before = view_of(before_files, pair.before, budget_);
        SchemaView after = view_of(after_files, pair.after, budget_);
        pair.component = component_of(after_files, after);
        if (!pair.component) pair.component = component_of(before_files, before);
        judge_schemas(*this, pair, before, after, budget_);
    }
    mark_leading();
}

void SchemaPairs::mark_leading() {
    std::vector<std::vector<PairId>> parents(pairs_.size());
    std::vector<PairId> open;
    for (PairId id = 0; id < pairs_.size(); ++id) {
        pairs_[id].leads_to_change = !pairs_[id].changes.empty();
        if (pairs_[id].leads_to_change) open.push_back(id);
        for (const auto& edge : pairs_[id].edges) parents[edge.to].push_back(id);
    }
    while (!open.empty()) {
        PairId id = open.back();
        open.pop_back();
        for (PairId parent : parents[id])
            if (!pairs_[parent].leads_to_change) {
                pairs_[parent].leads_to_change = true;
                open.push_back(parent);
            }
    }
}

void SchemaPairs::tell(PairId root, const Change& frame, std::vector<Change>& changes) {
    // Breadth first, so that no depth of schemas is a depth of calls, and the shortest paths are told.
    struct Visit {
        PairId pair;
        std::size_t from;  // the visit that led here
        const std::string* step;
    };
    constexpr std::size_t nowhere = SIZE_MAX, most_ancestors = 64, most_steps = 200;
    static const std::string no_step;
    if (!pairs_[root].leads_to_change) return;
    std::vector<Visit> visits{{root, nowhere, &no_step}};
    std::map<PairId, std::size_t> times;
    const std::size_t told_before = changes.size();
    bool cut = false;  // a way to further places was not gone
    for (std::size_t at = 0; at < visits.size(); ++at) {
        const SchemaPair& pair = pairs_[visits[at].pair];
        if (!pair.changes.empty()) {
            // Steps from here to the root, and the components on the way.
            std::string below;
            std::vector<ComponentPath> components;
            std::size_t steps = 0;
            for (std::size_t up = at; up != nowhere && steps < most_steps; up = visits[up].from, ++steps) {
                if (const ComponentName* name = pairs_[visits[up].pair].component)
                    components.push_back({name->contract, name->name, below});
                below = shortened(*visits[up].step) + below;
            }
            cut = cut || steps == most_steps;
            for (const auto& local : pair.changes) {
                if (changes.size() >= budget_.limits().changes) return budget_.cut();
                Change& change = changes.emplace_back(frame);
                change.rule = local.rule->id;
                change.level = local.level;
                change.direction = pair.mode.direction;
                change.path += below + local.step;
                change.message = local.message;
                change.hint = local.hint;
                if (Place place = local.before ? local.before : pair.before_at)
                    change.before = before_files.mark(place);
                if (Place place = local.after ? local.after : pair.after_at) change.after = after_files.mark(place);
                change.components = components;
                for (auto& component : change.components) component.path += local.step;
            }
        }
        for (const auto& edge : pair.edges) {
            if (!pairs_[edge.to].leads_to_change) continue;
            bool again = false;
            std::size_t ups = 0;
            for (std::size_t up = at; up != nowhere && ups < most_ancestors && !again; up = visits[up].from, ++ups)
                again = visits[up].pair == edge.to;
            if (!again && ++times[edge.to] <= budget_.limits().places)
                visits.push_back({edge.to, at, &edge.step});
            else
                cut = true;
        }
    }
    for (std::size_t i = told_before; cut && i < changes.size(); ++i) changes[i].elsewhere = true;
}

}  // namespace headgate::evolution
