#include "mappings/plan/compile/ledger.hpp"

#include <algorithm>

#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

bool begins_with(const Steps& path, const Steps& start) {
    return path.size() > start.size() && std::equal(start.begin(), start.end(), path.begin());
}

namespace {

template <class Noted>
bool has_below(const std::map<Steps, Noted>& all, const Steps& path) {
    auto below = all.upper_bound(path);
    return below != all.end() && begins_with(below->first, path);
}

std::size_t common(const Steps& a, const Steps& b) {
    auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

void Ledger::note(Steps path, Fate fate, const SourceMark& mark) {
    auto [where, fresh] = notes_.emplace(std::move(path), Note{fate, mark});
    if (!fresh && fate < where->second.fate) where->second = {fate, mark};
}

void Ledger::drop(Steps path, const SourceMark& mark, bool rest, Diagnostics& diagnostics) {
    auto text = joined(path, '/');
    auto [where, fresh] = drops_.emplace(std::move(path), Note{Fate::dropped, mark, rest});
    if (!fresh)
        diagnostics.error(mark, "'" + text + "' is dropped twice",
                          "the first is in line " + std::to_string(where->second.mark.line));
}

void Ledger::open(Steps list, const SourceMark& mark) { lists_.emplace(std::move(list), mark); }

void Ledger::test(Steps field, const Condition& condition) { conditions_[std::move(field)].push_back(&condition); }

void Ledger::add(const Ledger& other, Diagnostics& diagnostics) {
    for (const auto& [path, one] : other.notes_) note(path, one.fate, one.mark);
    for (const auto& [path, one] : other.drops_) drop(path, one.mark, one.rest, diagnostics);
    lists_.insert(other.lists_.begin(), other.lists_.end());
    for (const auto& [path, all] : other.conditions_)
        conditions_[path].insert(conditions_[path].end(), all.begin(), all.end());
}

void Ledger::use(const Ledger& other) {
    for (const auto& [path, one] : other.notes_) note(path, Fate::computed, one.mark);
}

Ledger Ledger::below(const std::string& name) const {
    Ledger out;
    for (const auto& [path, one] : notes_) {
        Steps way = {name};
        way.insert(way.end(), path.begin(), path.end());
        out.notes_.emplace(std::move(way), one);
    }
    return out;
}

bool Ledger::names(const Steps& path) const {
    return notes_.contains(path) || drops_.contains(path) || conditions_.contains(path) || has_below(notes_, path) ||
           has_below(drops_, path) || has_below(conditions_, path);
}

// What stands against a drop: a rule of the part, of what is around it, or of something in it.
std::pair<std::string, const SourceMark*> Ledger::against(const Steps& path, const Note& drop) const {
    for (auto around = path; !around.empty(); around.pop_back()) {
        auto found = notes_.find(around);
        if (found != notes_.end() && found->second.fate != Fate::computed)
            return {found->second.fate == Fate::set ? "set" : "carried", &found->second.mark};
    }
    if (auto list = lists_.find(path); list != lists_.end()) return {"has rules", &list->second};
    if (drop.rest) return {};
    for (const auto* all : {&notes_, &drops_})
        for (auto below = all->upper_bound(path); below != all->end() && begins_with(below->first, path); ++below)
            if (auto fate = below->second.fate; fate != Fate::computed)
                return {fate == Fate::dropped ? "a part of it is dropped again" : "a part of it is carried",
                        &below->second.mark};
    return {};
}

void Ledger::settle(Diagnostics& diagnostics) {
    for (const auto& [path, drop] : drops_)
        if (auto [what, by] = against(path, drop); by)
            diagnostics.error(
                drop.mark,
                "'" + joined(path, '/') + "' is dropped, and " + what + " in line " + std::to_string(by->line),
                what.starts_with("a part") ? "drop the rest: end the path with .* or /*" : "leave one of the two out");
    // What is computed from, or tested, may be dropped: it is not carried.
    for (const auto& [path, drop] : drops_) notes_.emplace(path, drop);
}

const Ledger::Note* Ledger::find(const Steps& path) const {
    auto found = notes_.find(path);
    return found == notes_.end() ? nullptr : &found->second;
}

const Ledger::Note* Ledger::find_drop(const Steps& path) const {
    auto found = drops_.find(path);
    return found == drops_.end() ? nullptr : &found->second;
}

std::optional<std::vector<std::string>> Ledger::untested(const Steps& field,
                                                         const std::vector<std::string_view>& words) const {
    auto found = conditions_.find(field);
    if (found == conditions_.end()) return std::nullopt;
    std::vector<std::string> out;
    const auto& conditions = found->second;
    bool all = std::any_of(conditions.begin(), conditions.end(),
                           [](const auto* one) { return one->test != Condition::Test::equal; });
    for (auto word : words)
        if (!all &&
            std::none_of(conditions.begin(), conditions.end(), [&](const auto* one) { return one->literal == word; }))
            out.emplace_back(word);
    return out;
}

bool Ledger::any_below(const Steps& path) const { return has_below(notes_, path) || has_below(lists_, path); }

Steps Ledger::list_around(const Steps& path) const {
    Steps list = path;
    do {
        if (list.empty()) break;
        list.pop_back();
    } while (!lists_.contains(list));
    return list;
}

const SourceMark& Ledger::mark_of(const Steps& list, const SourceMark& top) const {
    auto found = lists_.find(list);
    return found == lists_.end() ? top : found->second;
}

const std::pair<const Steps, Ledger::Note>* Ledger::nearest_to(const Steps& path) const {
    const std::pair<const Steps, Note>* best = nullptr;
    for (const auto& one : notes_) {
        if (one.second.fate != Fate::mapped) continue;
        if (!best || common(one.first, path) > common(best->first, path)) best = &one;
    }
    return best;
}

int Ledger::count(Fate fate) const {
    return static_cast<int>(
        std::count_if(notes_.begin(), notes_.end(), [&](const auto& one) { return one.second.fate == fate; }));
}

}  // namespace headgate::mappings
