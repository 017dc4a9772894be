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

void Ledger::note(Steps path, Note note) { notes_[std::move(path)].push_back(std::move(note)); }

void Ledger::drop(Steps path, Note drop, Diagnostics& diagnostics) {
    auto text = joined(path, '/');
    auto& all = drops_[std::move(path)];
    for (const auto& other : all)
        if (!exclusive(other.when, drop.when)) {
            diagnostics.error(drop.mark, "'" + text + "' is dropped twice",
                              "the first is in line " + std::to_string(other.mark.line));
            break;
        }
    all.push_back(std::move(drop));
}

void Ledger::open(Steps list, const SourceMark& mark, Clauses when) {
    lists_[std::move(list)].push_back({Fate::mapped, mark, std::move(when)});
}

void Ledger::test(Steps field, const Condition& condition) { conditions_[std::move(field)].push_back(&condition); }

void Ledger::add(const Ledger& other, Diagnostics& diagnostics) {
    for (const auto& [path, all] : other.notes_)
        for (const auto& one : all) note(path, one);
    for (const auto& [path, all] : other.drops_)
        for (const auto& one : all) drop(path, one, diagnostics);
    for (const auto& [path, all] : other.lists_) lists_[path].insert(lists_[path].end(), all.begin(), all.end());
    for (const auto& [path, all] : other.conditions_)
        conditions_[path].insert(conditions_[path].end(), all.begin(), all.end());
}

void Ledger::use(const Ledger& other) {
    for (const auto& [path, all] : other.notes_)
        for (const auto& one : all) note(path, {Fate::computed, one.mark, one.when});
}

Ledger Ledger::below(const std::string& name) const {
    Ledger out;
    for (const auto& [path, all] : notes_) {
        Steps way = {name};
        way.insert(way.end(), path.begin(), path.end());
        out.notes_.emplace(std::move(way), all);
    }
    return out;
}

bool Ledger::names(const Steps& path) const {
    return notes_.contains(path) || drops_.contains(path) || conditions_.contains(path) || has_below(notes_, path) ||
           has_below(drops_, path) || has_below(conditions_, path);
}

// What stands against a drop: a rule of the part, of what is around it, or of something in it, in one of its cases.
std::pair<std::string, const SourceMark*> Ledger::against(const Steps& path, const Note& drop) const {
    auto other = [&](const std::vector<Note>& all) -> const Note* {
        auto found = std::find_if(all.begin(), all.end(), [&](const Note& one) {
            return &one != &drop && one.fate != Fate::computed && !exclusive(one.when, drop.when);
        });
        return found == all.end() ? nullptr : &*found;
    };
    for (auto around = path; !around.empty(); around.pop_back())
        if (auto found = notes_.find(around); found != notes_.end())
            if (const auto* one = other(found->second)) return {one->fate == Fate::set ? "set" : "carried", &one->mark};
    if (auto list = lists_.find(path); list != lists_.end())
        if (const auto* one = other(list->second)) return {"has rules", &one->mark};
    if (drop.rest) return {};
    for (const auto* all : {&notes_, &drops_})
        for (auto below = all->upper_bound(path); below != all->end() && begins_with(below->first, path); ++below)
            if (const auto* one = other(below->second))
                return {one->fate == Fate::dropped ? "a part of it is dropped again" : "a part of it is carried",
                        &one->mark};
    return {};
}

void Ledger::settle(Diagnostics& diagnostics) {
    for (const auto& [path, drops] : drops_)
        for (const auto& drop : drops)
            if (auto [what, by] = against(path, drop); by)
                diagnostics.error(
                    drop.mark,
                    "'" + joined(path, '/') + "' is dropped, and " + what + " in line " + std::to_string(by->line),
                    what.starts_with("a part") ? "drop the rest: end the path with .* or /*"
                                               : "leave one of the two out");
    // What is computed from, or tested, may be dropped: it is not carried.
    for (const auto& [path, drops] : drops_) notes_.emplace(path, drops);
}

namespace {

const Ledger::Note& first_fate(const std::vector<Ledger::Note>& all) {
    return *std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.fate < b.fate; });
}

}  // namespace

const Ledger::Note* Ledger::find(const Steps& path) const {
    auto found = notes_.find(path);
    return found == notes_.end() ? nullptr : &first_fate(found->second);
}

const Ledger::Note* Ledger::find_drop(const Steps& path) const {
    auto found = drops_.find(path);
    return found == drops_.end() ? nullptr : &found->second.front();
}

std::optional<Ledger::OpenCase> Ledger::open_case(const Steps& path, bool fields,
                                                  const std::vector<Steps>& choices) const {
    std::vector<const Note*> covers;              // carry or drop the part, or all around it
    std::vector<const std::vector<Note>*> lists;  // around it, that have rules
    auto gather = [&](const Notes& all, const Steps& at) {
        if (auto found = all.find(at); found != all.end())
            for (const auto& one : found->second) covers.push_back(&one);
    };
    gather(lists_, path);
    for (auto around = path; !around.empty(); around.pop_back()) {
        gather(notes_, around);
        gather(drops_, around);
        if (auto list = lists_.find(around); list != lists_.end() && around != path) lists.push_back(&list->second);
    }
    if (std::any_of(covers.begin(), covers.end(), [](const auto* one) { return one->when.empty(); }))
        return std::nullopt;
    std::vector<const Clauses*> clauses;
    for (const auto* one : covers) clauses.push_back(&one->when);
    for (const auto* list : lists)
        for (const auto& one : *list) clauses.push_back(&one.when);
    // Of a case: what tells whether there is a way from `choice` on says that there is.
    auto chosen = [&](const OneCase& one, const Steps& choice) {
        return std::any_of(covers.begin(), covers.end(), [&](const auto* cover) {
            Clauses of_choice;
            for (const auto& clause : cover->when)
                if (Steps(clause.field.begin(), clause.field.end() - 1) == choice) of_choice.push_back(clause);
            return one.holds(of_choice);
        });
    };
    auto open = [&](const OneCase& one) {
        for (const auto* list : lists)
            if (std::none_of(list->begin(), list->end(), [&](const auto& rule) { return one.holds(rule.when); }))
                return false;
        if (fields)
            for (auto around = path; !around.empty(); around.pop_back())
                if (one.lacks(around)) return false;
        for (const auto& choice : choices)
            if (!chosen(one, choice)) return false;
        return std::none_of(covers.begin(), covers.end(), [&](const auto* cover) { return one.holds(cover->when); });
    };
    auto when = find_case(clauses, open);
    if (!when) return std::nullopt;
    return OpenCase{*when, covers.front()->mark};
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
    return found == lists_.end() ? top : found->second.front().mark;
}

std::optional<std::pair<Steps, SourceMark>> Ledger::nearest_to(const Steps& path) const {
    const std::pair<const Steps, std::vector<Note>>* best = nullptr;
    for (const auto& one : notes_) {
        if (first_fate(one.second).fate != Fate::mapped) continue;
        if (!best || common(one.first, path) > common(best->first, path)) best = &one;
    }
    if (!best) return std::nullopt;
    return std::pair(best->first, first_fate(best->second).mark);
}

int Ledger::count(Fate fate) const {
    return static_cast<int>(std::count_if(notes_.begin(), notes_.end(),
                                          [&](const auto& one) { return first_fate(one.second).fate == fate; }));
}

}  // namespace headgate::mappings
