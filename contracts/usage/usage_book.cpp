#include "contracts/usage/usage_book.hpp"

#include <algorithm>

#include "contracts/usage/app_build.hpp"

namespace headgate {
namespace {

// They stand for no one build, and take no place of one.
bool is_word(std::string_view build) { return build == unknown_build || build == other_build; }

}  // namespace

std::shared_ptr<UsageRecorder> UsageBook::recorder() {
    std::lock_guard lock(mutex_);
    return recorders_.emplace_back(std::make_shared<UsageRecorder>());
}

void UsageBook::restore(const UsageRecord& record) {
    std::lock_guard lock(mutex_);
    totals_[record.key].add(record.usage);
    if (is_word(record.key.build)) return;
    WallTime& seen = builds_[record.key.caller][record.key.build];
    seen = std::max(seen, record.usage.last_seen);
}

bool UsageBook::is_field(const std::string& operation, std::string_view path) const {
    auto found = in_force_.find(operation);
    return found == in_force_.end() || found->second->has(path);
}

void UsageBook::publish(std::shared_ptr<const FieldIndex> fields) {
    std::lock_guard lock(mutex_);
    const std::string& operation = fields->operation();
    in_force_[operation] = fields;
    for (auto at = totals_.lower_bound({operation, "", ""}); at != totals_.end() && at->first.operation == operation;
         ++at)
        if (std::erase_if(at->second.fields, [&](const auto& field) { return !fields->has(field.first); }) > 0)
            changed_.insert(at->first);
}

void UsageBook::fold(const std::string& caller, const std::string& build) {
    for (auto at = totals_.begin(); at != totals_.end();) {
        if (at->first.caller != caller || at->first.build != build) {
            ++at;
            continue;
        }
        UsageKey other{at->first.operation, caller, std::string(other_build)};
        totals_[other].add(at->second);
        changed_.insert(other);
        changed_.erase(at->first);
        erased_.insert(at->first);
        at = totals_.erase(at);
    }
    builds_[caller].erase(build);
}

std::string UsageBook::admitted(const std::string& caller, const std::string& build, WallTime seen) {
    if (is_word(build)) return build;
    auto& known = builds_[caller];
    auto found = known.find(build);
    if (found == known.end() && known.size() >= limits_.builds) {
        auto oldest = std::min_element(known.begin(), known.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
        if (oldest == known.end() || seen - oldest->second < limits_.idle) return std::string(other_build);
        fold(caller, std::string(oldest->first));
    }
    WallTime& last = known[build];
    last = std::max(last, seen);
    return build;
}

void UsageBook::take_in(const UsageRecorder::Row& row) {
    const FieldIndex& fields = *row.fields;
    UsageKey key{fields.operation(), row.caller, admitted(row.caller, row.build, row.last_seen)};
    Usage more{row.calls, row.refused, row.first_seen, row.last_seen};
    for (std::size_t place = 1; place < row.places.size(); ++place)
        if (row.places[place].calls > 0 && is_field(key.operation, fields.path(place)))
            more.fields[fields.path(place)] += row.places[place].calls;
    totals_[key].add(more);
    if (counted_) counted_(key, row.calls);
    changed_.insert(std::move(key));
}

void UsageBook::collect_locked() {
    for (const auto& recorder : recorders_)
        for (const auto& row : recorder->take()) take_in(*row);
}

void UsageBook::collect() {
    std::lock_guard lock(mutex_);
    collect_locked();
}

std::vector<UsageRecord> UsageBook::usage() {
    std::lock_guard lock(mutex_);
    collect_locked();
    std::vector<UsageRecord> out;
    for (const auto& [key, usage] : totals_) out.push_back({key, usage});
    return out;
}

UsageBook::Changes UsageBook::take_changes() {
    std::lock_guard lock(mutex_);
    collect_locked();
    Changes changes;
    for (const auto& key : changed_) {
        changes.puts.push_back({key, totals_.at(key)});
        erased_.erase(key);
    }
    changes.erases.assign(erased_.begin(), erased_.end());
    changed_.clear();
    erased_.clear();
    return changes;
}

void UsageBook::give_back(const Changes& changes) {
    std::lock_guard lock(mutex_);
    for (const auto& record : changes.puts)
        if (totals_.contains(record.key)) changed_.insert(record.key);
    for (const auto& key : changes.erases)
        if (!totals_.contains(key)) erased_.insert(key);
}

}  // namespace headgate
