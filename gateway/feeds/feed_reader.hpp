// FeedReader: reads what systems drop. A round looks into each system's folder, takes the files that are whole, makes
// their messages durable in one commit with the fact that the file was read, answers it and puts it away.
#pragma once

#include <functional>
#include <map>

#include "adapters/control_numbers.hpp"
#include "base/telemetry/metrics.hpp"
#include "gateway/feeds/feed.hpp"
#include "gateway/feeds/feed_rows.hpp"
#include "gateway/feeds/freshness.hpp"
#include "gateway/feeds/settling.hpp"
#include "gateway/store/store.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate::feeds {

struct FeedLimits {
    std::size_t looked_at = 1'000;  // files of one folder a round
    std::size_t taken = 100;        // files of one folder that are read a round
};

// Used by one thread, and blocks. A kill at any moment neither loses nor doubles: what was committed is not committed
// again, and what was not is read again; only the answer to an interchange may be dropped twice, with the same bytes.
class FeedReader {
  public:
    using TellDrift = std::function<void(const Feed& feed, const DriftLog& drift)>;

    // All outlive the reader.
    FeedReader(store::Store& store, const Clock& clock, ControlNumbers& numbers, Freshness& freshness, Metrics& metrics,
               TellDrift drift, FeedLimits limits = {})
        : store_(store),
          clock_(clock),
          numbers_(numbers),
          freshness_(freshness),
          metrics_(metrics),
          drift_(std::move(drift)),
          limits_(limits) {}

    // How many files were dealt with.
    std::size_t round(const std::vector<Feed>& feeds);

  private:
    struct Found {
        const Feed* feed;
        IncomingFile file;
        std::optional<std::uint32_t> number;
    };
    std::size_t read_folder(const std::string& system, const std::vector<const Feed*>& feeds);
    void tell_freshness(const std::vector<Feed>& feeds);
    // Whether the file is out of the way.
    bool take(const Found& found);
    bool take_new(const Found& found, const std::string& bytes, FileAccount account, std::int64_t revision);
    bool repeated(const Found& found, FileAccount account, std::int64_t revision);
    bool commit(const Found& found, FileAccount& account, std::int64_t& revision, store::Commit what);
    // Answers and puts away what is committed.
    bool finish(const Found& found, const FileReading* reading, FileAccount account, std::int64_t revision);
    Result<Done> answer(const Feed& feed, const FileReading& reading, const FileAccount& account);
    Result<store::Put> counted(const Feed& feed, const std::function<void(FeedCounts&)>& count);
    void look_after(const Feed& feed);
    void tell_missing();
    // Notes which files were put away by somebody who was killed before he could say so.
    void find_put_away(const std::string& system, const std::vector<IncomingFile>& files);
    void told(const Found& found, const char* what, const Error& error);
    std::int64_t now_ms() const { return store::to_ms(clock_.wall_now()); }

    store::Store& store_;
    const Clock& clock_;
    ControlNumbers& numbers_;
    Freshness& freshness_;
    Metrics& metrics_;
    TellDrift drift_;
    FeedLimits limits_;
    std::map<std::string, Settling> settling_;      // by system
    std::map<std::string, std::int64_t> as_of_ms_;  // by feed: until when all that was dropped has been read
    std::map<std::string, std::string> troubles_;   // by file or system: what was told of it last
};

}  // namespace headgate::feeds
