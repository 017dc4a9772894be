#include "contracts/evolution/comparison.hpp"

#include <algorithm>
#include <stdexcept>

#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {

Change Comparison::change_in(const Frame& frame) const {
    Change change;
    change.direction = frame.direction;
    change.contract = contract;
    change.operation = frame.operation;
    change.where = frame.where;
    change.status = frame.status;
    change.path = frame.path;
    return change;
}

void Comparison::tell(const Frame& frame, std::string_view rule, Both places, std::string message, std::string hint) {
    const Rule* found = nullptr;
    if (frame.direction != Direction::none)
        found = find_rule(std::string(name(frame.direction)) + "-" + std::string(rule));
    if (!found) found = find_rule(rule);
    if (!found) throw std::logic_error("no rule " + std::string(rule));
    if (changes_.size() >= budget.limits().changes) return budget.cut();
    Change& change = changes_.emplace_back(change_in(frame));
    change.rule = found->id;
    change.level = found->level;
    change.message = std::move(message);
    change.hint = std::move(hint);
    if (places.before) change.before = before_files.mark(places.before);
    if (places.after) change.after = after_files.mark(places.after);
}

std::vector<std::string> Comparison::keys(Both at) const {
    std::vector<std::string> all;
    std::unordered_set<std::string_view> known;
    for (const SourceNode* node : {at.before.node, at.after.node})
        if (node)
            for (const auto& entry : node->entries)
                if (known.insert(entry.key).second) all.push_back(entry.key);
    return all;
}

void Comparison::compare_schemas(const Frame& frame, Both schemas, Both places) {
    if (!schemas) return;
    Conjunction before, after;
    if (schemas.before) before.push_back(schemas.before);
    if (schemas.after) after.push_back(schemas.after);
    Mode mode;
    mode.direction = frame.direction;
    messages_.push_back({frame, pairs_.add(std::move(before), std::move(after), mode, places.before, places.after)});
}

void Comparison::tell_schemas() {
    for (const auto& message : messages_) pairs_.tell(message.pair, change_in(message.frame), changes_);
    messages_.clear();
}

void Comparison::compare_rest(const Frame& frame, Both at, std::initializer_list<std::string_view> known) {
    for (const auto& key : keys(at)) {
        if (!budget.spend()) return;
        if (is_annotation(key) || std::find(known.begin(), known.end(), key) != known.end()) continue;
        Both value = child(at, key);
        if (value.before) before_files.see_all(value.before);
        if (value.after) after_files.see_all(value.after);
        auto text = [](Place place) { return place ? canonical(*place.node) : std::string(); };
        if (bool(value.before) == bool(value.after) && text(value.before) == text(value.after)) continue;
        const char* what = !value.before ? " is new" : !value.after ? " is gone" : " has changed";
        tell(frame, key.starts_with("x-") ? "extension-changed" : "unknown-change",
             {value.before ? value.before : at.before, value.after ? value.after : at.after}, "'" + key + "'" + what);
    }
}

bool Comparison::same_meaning(Both at) {
    if (!at.before || !at.after) return !at.before && !at.after;
    auto before = meaning_of(before_files, at.before), after = meaning_of(after_files, at.after);
    return budget.spend(1'000) && before && after && *before == *after;
}

bool is_flag_set(const ApiFiles& files, Place at, std::string_view key) { return files.child(at, key).is_true(); }

}  // namespace headgate::evolution
