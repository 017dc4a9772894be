#include "gateway/feeds/feeds_view.hpp"

#include <nlohmann/json.hpp>

namespace headgate::feeds {

Result<std::vector<FeedSummary>> list_feeds(store::Store& store, const std::vector<Feed>& feeds) {
    std::vector<FeedSummary> all;
    for (const Feed& feed : feeds) {
        FeedSummary one{feed.name, feed.system, feed.pattern.text(), {}};
        auto row = store.find(feed_counts, feed.name);
        if (!row) return row.error();
        if (*row) {
            auto counts = read_counts((*row)->payload);
            if (!counts) return std::move(counts).error();
            one.counts = std::move(*counts);
        }
        all.push_back(std::move(one));
    }
    return all;
}

Result<std::vector<FileAccount>> list_files(store::Store& store, std::size_t at_most) {
    auto rows = store.recent(files_known, 0, at_most);
    if (!rows) return rows.error();
    std::vector<FileAccount> all;
    for (const auto& row : *rows) {
        auto account = read_account(row.payload);
        if (!account) return std::move(account).error();
        all.push_back(std::move(*account));
    }
    return all;
}

Result<std::vector<MissingNumbers>> list_missing(store::Store& store, std::size_t at_most) {
    auto rows = store.list(numbers_come, "", at_most);
    if (!rows) return rows.error();
    std::vector<MissingNumbers> all;
    for (const auto& row : *rows) {
        auto numbers = read_numbers(row.payload);
        if (!numbers) return std::move(numbers).error();
        auto end = row.key.find('\n');
        all.push_back({row.key.substr(0, end), row.key.substr(end + 1), std::move(*numbers)});
    }
    return all;
}

Result<Done> try_again(store::Store& store, const std::vector<Feed>& feeds, const TryAgain& request) {
    constexpr std::size_t most_files = 10'000;
    auto files = list_files(store, most_files);
    if (!files) return std::move(files).error();
    for (const auto& account : *files) {
        if (account.lies != request.file || account.outcome == Outcome::read || !account.away) continue;
        for (const Feed& feed : feeds) {
            if (feed.name != account.feed) continue;
            if (auto back = feed.files->bring_back(account.lies, account.file); !back) return back;
            store::Commit commit;
            commit.audit.push_back({0, request.at_ms, request.who, "feed.retry", request.why,
                                    nlohmann::json{{"feed", feed.name}, {"file", account.lies}}.dump()});
            auto done = store.commit(std::move(commit));
            if (!done) return done.error();
            return Done{};
        }
    }
    return Error{ErrorKind::rejected, "there is no bad file of this name", {}, {}, {}, "not-found"};
}

}  // namespace headgate::feeds
