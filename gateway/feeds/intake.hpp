// Intake: what the bytes of one file mean for the store: the messages in it to be kept, acknowledgements, numbers; and
// what is wrong with it. Reads the store, changes nothing.
#pragma once

#include "base/clock.hpp"
#include "gateway/feeds/feed.hpp"
#include "gateway/feeds/feed_rows.hpp"
#include "gateway/store/store.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate::edi {
struct InterchangeReceipt;
}

namespace headgate::feeds {

// A file that is being read.
struct Arrival {
    const Feed& feed;
    const IncomingFile& file;
    const std::string& file_key;          // of its account
    std::optional<std::uint32_t> number;  // in its name
    std::int64_t now_ms = 0;
};

struct Intake {
    store::Commit commit = {};
    std::vector<std::string> faults = {};  // nothing: all of it is read
    std::int64_t messages = 0;             // that stand
    DriftLog drift = {};

    Outcome outcome() const {
        return faults.empty() ? Outcome::read : messages > 0 ? Outcome::partly : Outcome::refused;
    }
    // What is told of it: the first faults, each a line; bounded.
    std::string reason() const;
};

// An Error: the store can't tell, nothing is known of the file.
Result<Intake> take_in(store::Store& store, const Arrival& arrival, const FileReading& reading);

// The parties of an interchange, as its sequence of numbers is named.
std::string parties_of(std::string_view format, const edi::InterchangeReceipt& interchange);

}  // namespace headgate::feeds
