#include "contracts/usage/usage_recorder.hpp"

#include <functional>

#include "contracts/usage/app_build.hpp"

namespace headgate {

std::size_t UsageRecorder::Hash::operator()(const Key& key) const {
    std::hash<std::string_view> text;
    return std::hash<const void*>()(key.fields) ^ (text(key.caller) * 31) ^ text(key.build);
}

UsageRecorder::Row& UsageRecorder::row_of(const std::shared_ptr<const FieldIndex>& fields, std::string_view caller,
                                          std::string_view build) {
    auto found = by_key_.find({fields.get(), caller, build});
    if (found != by_key_.end()) return *found->second;
    if (rows_.size() >= most_rows && build != other_build) return row_of(fields, caller, other_build);
    auto row = std::make_unique<Row>(Row{fields, std::string(caller), std::string(build)});
    row->places.resize(fields->size());
    rows_.push_back(std::move(row));
    Row& made = *rows_.back();
    by_key_.emplace(Key{fields.get(), made.caller, made.build}, &made);
    return made;
}

void UsageRecorder::record(const std::shared_ptr<const FieldIndex>& fields, std::string_view caller,
                           std::string_view build, const Value* message, WallTime now) {
    std::lock_guard lock(mutex_);
    Row& row = row_of(fields, caller, build);
    if (row.calls++ == 0) row.first_seen = now;
    row.last_seen = now;
    if (message)
        fields->count(*message, row.calls, row.places);
    else
        ++row.refused;
}

UsageRecorder::Rows UsageRecorder::take() {
    std::lock_guard lock(mutex_);
    by_key_.clear();
    return std::exchange(rows_, {});
}

}  // namespace headgate
