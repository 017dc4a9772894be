// What people ask about feeds: each with its counts, the newest files, numbers that are missing; and trying a bad file
// again.
#pragma once

#include "gateway/feeds/feed.hpp"
#include "gateway/feeds/feed_rows.hpp"
#include "gateway/store/store.hpp"

namespace headgate::feeds {

struct FeedSummary {
    std::string name, system, files;  // files: the pattern
    FeedCounts counts;
};
// A sequence of numbers; nothing may be missing of it.
struct MissingNumbers {
    std::string system, sequence;
    NumbersCome numbers;
};

// All block.
Result<std::vector<FeedSummary>> list_feeds(store::Store& store, const std::vector<Feed>& feeds);
// The newest first.
Result<std::vector<FileAccount>> list_files(store::Store& store, std::size_t at_most);
Result<std::vector<MissingNumbers>> list_missing(store::Store& store, std::size_t at_most);

struct TryAgain {
    std::string file = {};  // as list_files has it under `lies`
    std::string who = {}, why = {};
    std::int64_t at_ms = 0;
};
// Brings a bad file back to where it is read. not-found (rejected): there is none of that name; conflict: another file
// of its name has come meanwhile.
Result<Done> try_again(store::Store& store, const std::vector<Feed>& feeds, const TryAgain& request);

}  // namespace headgate::feeds
