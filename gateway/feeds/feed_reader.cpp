#include "gateway/feeds/feed_reader.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/telemetry/log.hpp"
#include "base/timestamp.hpp"
#include "gateway/feeds/acknowledgements.hpp"
#include "gateway/feeds/feeds_view.hpp"
#include "gateway/feeds/intake.hpp"
#include "gateway/feeds/kept_messages.hpp"
#include "mappings/formats/edi/receipt.hpp"

namespace headgate::feeds {
namespace {

std::string digest_of(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (unsigned char byte : sha256(bytes)) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

constexpr std::size_t short_digest = 8;  // behind the name of a file whose name is taken

}  // namespace

std::size_t FeedReader::round(const std::vector<Feed>& feeds) {
    std::map<std::string, std::vector<const Feed*>> folders;
    for (const Feed& feed : feeds) folders[feed.system].push_back(&feed);
    std::size_t done = 0;
    for (const auto& [system, of] : folders) done += read_folder(system, of);
    tell_freshness(feeds);
    for (const Feed& feed : feeds) look_after(feed);
    if (done > 0) tell_missing();
    return done;
}

std::size_t FeedReader::read_folder(const std::string& system, const std::vector<const Feed*>& feeds) {
    auto claimed = [&](const std::string& name) {
        return std::any_of(feeds.begin(), feeds.end(),
                           [&](auto* feed) { return feed->pattern.fits(name).has_value(); });
    };
    auto look = feeds.front()->files->look(limits_.looked_at, claimed);
    if (!look) {
        if (std::exchange(troubles_[system], look.error().detail) != look.error().detail)
            log::warning("feed-folder-unreadable", {{"system", system}, {"detail", look.error().detail}});
        return 0;
    }
    troubles_.erase(system);
    const auto now = clock_.steady_now();
    const std::int64_t looked_ms = now_ms();
    auto& settling = settling_[system];
    settling.seen(look->files, now);
    std::size_t done = 0;
    std::int64_t oldest_ms = looked_ms;
    // What had no room was not seen, and nothing newer is promised than was before.
    for (const Feed* feed : feeds)
        if (look->left_out == 0) as_of_ms_[feed->name] = looked_ms;
    for (const auto& file : look->files) {
        std::optional<Found> found;
        for (const Feed* feed : feeds)
            if (auto fit = feed->pattern.fits(file.name); fit && !found) found = Found{feed, file, fit->number};
        if (!found) continue;
        if (done < limits_.taken && settling.settled(file, now, found->feed->settle) && take(*found)) {
            ++done;
            continue;
        }
        const std::int64_t changed_ms = std::min(looked_ms, file.changed_ns / 1'000'000);
        oldest_ms = std::min(oldest_ms, changed_ms);
        auto& as_of_ms = as_of_ms_[found->feed->name];
        as_of_ms = std::min(as_of_ms, changed_ms);
    }
    if (look->left_out == 0) find_put_away(system, look->files);
    const MetricLabels of{{"system", system}};
    metrics_.gauge("headgate_feed_oldest_unread_seconds", "Age of the oldest file that is still to be read.", of)
        .set(static_cast<double>(looked_ms - oldest_ms) / 1000);
    metrics_.gauge("headgate_feed_unclaimed_files", "Files that lie in the folder and no feed takes.", of)
        .set(static_cast<double>(look->unwanted));
    return done;
}

// The rows of files that still lie there are due.
void FeedReader::find_put_away(const std::string& system, const std::vector<IncomingFile>& files) {
    auto rows = store_.due(files_known, now_ms(), limits_.looked_at);
    if (!rows) return;  // the next round
    for (const auto& row : *rows) {
        auto account = read_account(row.payload);
        auto named = [&](const IncomingFile& file) { return file.name == account->file; };
        if (!account || account->system != system || std::any_of(files.begin(), files.end(), named)) continue;
        account->away = true;
        account->lies = account->file;
        store::Commit commit;
        commit.conditions.push_back({row.collection, row.key, row.revision});
        commit.puts.push_back({row.collection, row.key, write_account(*account), {}});
        if (auto done = store_.commit(std::move(commit)); !done) return;
    }
}

// A component's messages may come by several feeds: the one that is behind counts.
void FeedReader::tell_freshness(const std::vector<Feed>& feeds) {
    std::map<std::string, Freshness::Of> all;
    for (const Feed& feed : feeds) {
        if (!feed.plan) continue;
        auto [of, first] = all.emplace(feed.component, Freshness::Of{as_of_ms_[feed.name], feed.keep.stale});
        of->second.as_of_ms = std::min(of->second.as_of_ms, as_of_ms_[feed.name]);
        of->second.stale = std::min(of->second.stale, feed.keep.stale);
    }
    for (const auto& [component, of] : all) freshness_.set(component, of);
}

bool FeedReader::take(const Found& found) {
    const Feed& feed = *found.feed;
    Result<std::string> bytes = std::string();
    const bool too_large = found.file.size > feed.largest;
    if (!too_large) bytes = feed.files->read(found.file);
    if (!bytes) {
        if (bytes.error().kind != ErrorKind::conflict) told(found, "feed-file-unreadable", bytes.error());
        return false;
    }
    FileAccount account;
    account.feed = feed.name, account.system = feed.system, account.file = found.file.name;
    account.digest = too_large ? "of " + std::to_string(found.file.size) + " bytes" : digest_of(*bytes);
    auto row = store_.find(files_known, file_key(feed.system, account.file, account.digest));
    if (!row) return told(found, "feed-store-failed", row.error()), false;
    if (!*row) return take_new(found, *bytes, std::move(account), 0);
    auto standing = read_account((*row)->payload);
    if (!standing) return told(found, "feed-store-failed", standing.error()), false;
    if (standing->away && standing->outcome == Outcome::read)
        return repeated(found, std::move(*standing), (*row)->revision);
    // A bad one that came back: perhaps its mapping has been mended.
    if (standing->away) {
        account.answered = standing->answered;
        account.repeated = standing->repeated;
        return take_new(found, *bytes, std::move(account), (*row)->revision);
    }
    // Killed in between.
    if (standing->answered || !feed.answers || too_large)
        return finish(found, nullptr, std::move(*standing), (*row)->revision);
    FileReading reading = feed.format->read(*bytes);
    return finish(found, &reading, std::move(*standing), (*row)->revision);
}

bool FeedReader::take_new(const Found& found, const std::string& bytes, FileAccount account, std::int64_t revision) {
    const Feed& feed = *found.feed;
    const std::string key = file_key(feed.system, account.file, account.digest);
    account.at_ms = now_ms();
    FileReading reading;
    if (found.file.size > feed.largest)
        reading.faults.push_back({"the file has " + std::to_string(found.file.size) + " bytes, and at most " +
                                  std::to_string(feed.largest) + " are read"});
    else
        reading = feed.format->read(bytes);
    auto intake = take_in(store_, {feed, found.file, key, found.number, account.at_ms}, reading);
    if (!intake) return told(found, "feed-store-failed", intake.error()), false;
    account.outcome = intake->outcome();
    account.reason = intake->reason();
    account.messages = intake->messages;
    account.refused = static_cast<std::int64_t>(intake->faults.size());
    auto counts = counted(feed, [&](FeedCounts& all) {
        ++(account.outcome == Outcome::read ? all.read : account.outcome == Outcome::partly ? all.partly : all.refused);
        all.messages += account.messages;
        all.last_ms = account.at_ms;
        all.last_file = account.file;
    });
    if (!counts) return told(found, "feed-store-failed", counts.error()), false;
    intake->commit.puts.push_back(std::move(*counts));
    if (!commit(found, account, revision, std::move(intake->commit))) return false;
    if (!intake->drift.empty() && feed.plan) drift_(feed, intake->drift);
    metrics_.counter("headgate_feed_messages_total", "Messages that were read from files.", {{"feed", feed.name}})
        .add(static_cast<double>(account.messages));
    if (account.outcome != Outcome::read)
        log::warning("feed-file-bad", {{"feed", feed.name},
                                       {"file", account.file},
                                       {"outcome", name(account.outcome)},
                                       {"detail", account.reason}});
    return finish(found, &reading, std::move(account), revision);
}

bool FeedReader::repeated(const Found& found, FileAccount account, std::int64_t revision) {
    ++account.repeated;
    auto counts = counted(*found.feed, [](FeedCounts& all) { ++all.repeated; });
    if (!counts) return told(found, "feed-store-failed", counts.error()), false;
    store::Commit what;
    what.puts.push_back(std::move(*counts));
    // Put away first: one that is counted and still lies there would be counted again.
    auto put = found.feed->files->put_away(found.file.name, IncomingFiles::Place::read,
                                           account.digest.substr(0, short_digest), {});
    if (!put) return told(found, "feed-file-stays", put.error()), false;
    metrics_
        .counter("headgate_feed_files_total", "Files of a feed, by what became of them.",
                 {{"feed", found.feed->name}, {"outcome", "repeated"}})
        .add();
    log::info("feed-file-repeated", {{"feed", found.feed->name}, {"file", account.file}});
    commit(found, account, revision, std::move(what));
    return true;
}

bool FeedReader::commit(const Found& found, FileAccount& account, std::int64_t& revision, store::Commit what) {
    const std::string key = file_key(account.system, account.file, account.digest);
    what.conditions.push_back({files_known, key, revision});
    what.puts.push_back(
        {files_known, key, write_account(account), account.away ? std::nullopt : std::optional(account.at_ms)});
    auto done = store_.commit(std::move(what));
    if (!done) return told(found, "feed-store-failed", done.error()), false;
    if (done->outcome == store::Outcome::committed) revision = done->revision;
    // Anything else is looked at again in the next round, which finds what is true.
    return done->outcome == store::Outcome::committed;
}

bool FeedReader::finish(const Found& found, const FileReading* reading, FileAccount account, std::int64_t revision) {
    const Feed& feed = *found.feed;
    if (feed.answers && !account.answered && reading && reading->receipt) {
        if (auto answered = answer(feed, *reading, account); !answered)
            return told(found, "feed-answer-waits", answered.error()), false;
        account.answered = true;
        if (!commit(found, account, revision, {})) return false;
    }
    const bool good = account.outcome == Outcome::read;
    auto put = feed.files->put_away(found.file.name, good ? IncomingFiles::Place::read : IncomingFiles::Place::bad,
                                    account.digest.substr(0, short_digest), account.reason);
    if (!put) return told(found, "feed-file-stays", put.error()), false;
    account.lies = *put;
    account.away = true;
    troubles_.erase(feed.system + "/" + found.file.name);
    metrics_
        .counter("headgate_feed_files_total", "Files of a feed, by what became of them.",
                 {{"feed", feed.name}, {"outcome", name(account.outcome)}})
        .add();
    log::info("feed-file-read", {{"feed", feed.name},
                                 {"file", account.file},
                                 {"outcome", name(account.outcome)},
                                 {"messages", account.messages}});
    commit(found, account, revision, {});
    return true;
}

// Everything in an answer comes from the file and its account, so that a second one has the same bytes.
Result<Done> FeedReader::answer(const Feed& feed, const FileReading& reading, const FileAccount& account) {
    const std::string moment = rfc3339(WallTime(milliseconds(account.at_ms)));  // 2026-11-23T09:15:00.000Z
    const std::string date = moment.substr(0, 4) + moment.substr(5, 2) + moment.substr(8, 2),
                      time = moment.substr(11, 2) + moment.substr(14, 2);
    const auto& all = reading.receipt->interchanges;
    for (std::size_t i = 0; i < all.size(); ++i) {
        edi::InterchangeReceipt back;
        back.sender = all[i].receiver, back.receiver = all[i].sender;
        const std::string name = account.file + (i == 0 ? "" : "-" + std::to_string(i + 1)) +
                                 (feed.format->name() == "x12" ? ".997" : ".contrl");
        auto number =
            numbers_.number_for(parties_of(feed.format->name(), back), "answer " + name + " " + account.digest, {});
        if (!number) return number.error();
        FileReading one;
        auto receipt = std::make_shared<edi::Receipt>();
        receipt->dialect = reading.receipt->dialect;
        receipt->interchanges = {all[i]};
        one.receipt = receipt;
        auto bytes = feed.format->acknowledge(one, date, time, *number);
        if (!bytes) return bytes.error();
        for (const auto& text : *bytes)
            if (auto dropped = feed.files->answer(name, text); !dropped) return dropped;
    }
    return Done{};
}

Result<store::Put> FeedReader::counted(const Feed& feed, const std::function<void(FeedCounts&)>& count) {
    auto row = store_.find(feed_counts, feed.name);
    if (!row) return row.error();
    Result<FeedCounts> counts = *row ? read_counts((*row)->payload) : Result<FeedCounts>(FeedCounts());
    if (!counts) return std::move(counts).error();
    count(*counts);
    return store::Put{feed_counts, feed.name, write_counts(*counts), {}};
}

// What time brings: acknowledgements that don't come, messages that are kept no longer.
void FeedReader::look_after(const Feed& feed) {
    auto done = feed.acknowledges ? hold_overdue(store_, *feed.acknowledges, now_ms())
                                  : forget_due(store_, feed.component, now_ms());
    if (!done) log::warning("feed-store-failed", {{"feed", feed.name}, {"detail", done.error().detail}});
    if (done && *done > 0 && feed.acknowledges)
        log::warning("feed-not-acknowledged", {{"feed", feed.name}, {"steps", *done}});
}

void FeedReader::tell_missing() {
    auto all = list_missing(store_, limits_.looked_at);
    if (!all) return;
    std::map<std::string, double> by_system;
    for (const auto& one : *all)
        by_system[one.system] +=
            static_cast<double>(one.numbers.missing.size()) + static_cast<double>(one.numbers.forgotten);
    for (const auto& [system, count] : by_system)
        metrics_.gauge("headgate_feed_missing_numbers", "Numbers of files that never came.", {{"system", system}})
            .set(count);
}

// The same trouble with the same file is told once.
void FeedReader::told(const Found& found, const char* what, const Error& error) {
    if (troubles_.size() > limits_.looked_at) troubles_.clear();
    auto& last = troubles_[found.feed->system + "/" + found.file.name];
    std::string now = std::string(what) + error.detail;
    if (std::exchange(last, now) == now) return;
    log::warning(what, {{"feed", found.feed->name}, {"file", found.file.name}, {"detail", error.detail}});
}

}  // namespace headgate::feeds
