#include "gateway/app/stored_usage.hpp"

namespace headgate {
namespace {

constexpr const char* collection = "usage";
constexpr std::size_t page = 1000;

// Operations and builds have no blanks, so that no two keys are the same text.
std::string text_of(const UsageKey& key) { return key.operation + " " + key.build + " " + key.caller; }

}  // namespace

Result<void> StoredUsage::save(UsageBook& book) {
    auto changes = book.take_changes();
    if (changes.empty()) return Done{};
    store::Commit commit;
    for (const auto& record : changes.puts)
        commit.puts.push_back({collection, text_of(record.key), write_usage(record), {}});
    for (const auto& key : changes.erases) commit.erases.push_back({collection, text_of(key)});
    auto result = store_.commit(std::move(commit));
    if (result && result->outcome == store::Outcome::committed) return Done{};
    book.give_back(changes);
    if (!result) return std::move(result).error();
    return Error{ErrorKind::outcome_unknown, "the usage may or may not have been kept"};
}

Result<std::vector<UsageRecord>> StoredUsage::load() {
    std::vector<UsageRecord> out;
    std::string after;
    for (;;) {
        auto records = store_.list(collection, after, page);
        if (!records) return std::move(records).error();
        for (const auto& record : *records) {
            auto usage = read_usage(record.payload);
            if (!usage) return std::move(usage).error();
            out.push_back(std::move(*usage));
            after = record.key;
        }
        if (records->size() < page) return out;
    }
}

}  // namespace headgate
