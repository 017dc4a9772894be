#include "mappings/formats/fixed_width/order.hpp"

#include <algorithm>

namespace headgate::fixed_width {

RecordOrder::RecordOrder(const FixedWidthLayout& layout) : layout_(layout) {
    levels_.push_back({&layout.records, nullptr, 0, 0, std::vector<std::uint64_t>(layout.all.size()), {}});
}

OrderFault RecordOrder::next(const FixedRecord& record) {
    auto open = [&](const Level& level) { return level.owner == record.parent; };
    if (std::none_of(levels_.begin(), levels_.end(), open))
        return {record.name + " without its " + record.parent->name + " before it"};
    while (!open(levels_.back()))
        if (auto fault = close()) return fault;

    Level& level = levels_.back();
    auto at = static_cast<std::size_t>(&record - level.list->data());
    if (at < level.at) return {record.name + " behind " + (*level.list)[level.at].name};
    if (at == level.at && level.taken == record.at_most)
        return {"more than " + std::to_string(record.at_most) + " of " + record.name};
    if (auto fault = missing(level, at)) return fault;
    if (at != level.at) level.taken = 0;
    level.at = at;
    ++level.taken;
    for (Level& around : levels_) ++around.counts[record.index];
    last_ = &record;
    if (!record.records.empty())
        levels_.push_back({&record.records, &record, 0, 0, std::vector<std::uint64_t>(layout_.all.size()), {}});
    return {};
}

void RecordOrder::tells(ToldCount count) {
    bool own_level = !last_->records.empty();
    Level& level = count.field->counts_below || !own_level ? levels_.back() : levels_[levels_.size() - 2];
    level.told.push_back(std::move(count));
}

OrderFault RecordOrder::missing(const Level& level, std::size_t until) const {
    for (std::size_t i = level.at; i < until; ++i) {
        const FixedRecord& record = (*level.list)[i];
        if (record.required && (i != level.at || level.taken == 0)) return {record.name + " is missing here"};
    }
    return {};
}

// The innermost level is complete, or it is wrong.
OrderFault RecordOrder::close() {
    Level& level = levels_.back();
    if (auto fault = missing(level, level.list->size())) return fault;
    while (!level.told.empty()) {
        ToldCount told = std::move(level.told.back());
        level.told.pop_back();
        std::uint64_t counted = 0;
        for (std::size_t index : told.field->count_of) counted += level.counts[index];
        if (counted != told.number)
            return {"tells " + std::to_string(told.number) + " records, there are " + std::to_string(counted), true,
                    std::move(told.name), std::move(told.place)};
    }
    levels_.pop_back();
    return {};
}

OrderFault RecordOrder::end() {
    while (!levels_.empty())
        if (auto fault = close()) return fault;
    return {};
}

}  // namespace headgate::fixed_width
