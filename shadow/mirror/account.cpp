#include "shadow/mirror/account.hpp"

namespace headgate::mirrored {

void Account::turn_away(Outcome outcome) {
    std::lock_guard lock(front_.mutex);
    ++front_.counts.tally.eligible;
    ++(front_.counts.tally.*outcome);
}

void Account::admit() {
    std::lock_guard lock(front_.mutex);
    ++front_.counts.tally.eligible;
    ++front_.counts.tally.in_flight;
}

void Account::settle(Lane lane, Outcome outcome, const PairTimes* times) {
    Shard& shard = lane == Lane::front ? front_ : back_;
    std::lock_guard lock(shard.mutex);
    --shard.counts.tally.in_flight;
    ++(shard.counts.tally.*outcome);
    if (!times) return;
    shard.counts.legacy.record(times->legacy_us);
    shard.counts.candidate.record(times->candidate_us);
    shard.counts.skew.record(times->skew_us);
}

Account::Snapshot Account::snapshot() const {
    std::scoped_lock lock(front_.mutex, back_.mutex);
    Snapshot sum = front_.counts;
    sum.tally += back_.counts.tally;
    sum.legacy.merge(back_.counts.legacy);
    sum.candidate.merge(back_.counts.candidate);
    sum.skew.merge(back_.counts.skew);
    return sum;
}

void Account::restore(const Snapshot& stored) {
    std::lock_guard lock(back_.mutex);
    back_.counts = stored;
}

std::shared_ptr<Account> Ledger::find(std::string_view operation) const {
    std::shared_lock lock(mutex_);
    auto found = accounts_.find(operation);
    return found == accounts_.end() ? nullptr : found->second;
}

std::shared_ptr<Account> Ledger::account(std::string_view operation) {
    if (auto known = find(operation)) return known;
    std::unique_lock lock(mutex_);
    auto& slot = accounts_[std::string(operation)];
    if (!slot) slot = std::make_shared<Account>();
    return slot;
}

std::vector<std::string> Ledger::operations() const {
    std::shared_lock lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [operation, account] : accounts_) names.push_back(operation);
    return names;
}

}  // namespace headgate::mirrored
