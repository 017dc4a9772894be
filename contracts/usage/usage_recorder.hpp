// UsageRecorder: counts the calls of one worker, until the book takes them in.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "contracts/usage/field_index.hpp"
#include "contracts/usage/usage.hpp"

namespace headgate {

// Thread-safe. One a worker, so that its lock is free but for the moment in which the book takes the counts.
class UsageRecorder {
  public:
    // Builds that come between two takes beyond this are counted as `other`.
    static constexpr std::size_t most_rows = 1024;

    struct Row {
        std::shared_ptr<const FieldIndex> fields;
        std::string caller, build;
        std::uint64_t calls = 0, refused = 0;
        WallTime first_seen = {}, last_seen = {};
        std::vector<PlaceCount> places = {};
    };
    using Rows = std::vector<std::unique_ptr<Row>>;

    // `message` is the request message as it was read; nullptr: it was refused.
    void record(const std::shared_ptr<const FieldIndex>& fields, std::string_view caller, std::string_view build,
                const Value* message, WallTime now);
    // What was recorded since the last take.
    Rows take();

  private:
    struct Key {
        const FieldIndex* fields;
        std::string_view caller, build;  // of the row
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    Row& row_of(const std::shared_ptr<const FieldIndex>& fields, std::string_view caller, std::string_view build);

    std::mutex mutex_;
    Rows rows_;
    std::unordered_map<Key, Row*, Hash> by_key_;
};

}  // namespace headgate
