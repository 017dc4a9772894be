// The rows that feeds have in the store: what became of each file, which interchanges and numbers have come, and
// counts. No I/O.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace headgate::feeds {

inline constexpr const char* files_known = "feed-file";          // <system>\n<file>\n<digest>
inline constexpr const char* interchanges = "feed-interchange";  // <system>\n<parties>\n<control>; the file's key
inline constexpr const char* numbers_come = "feed-numbers";      // <system>\n<sequence>
inline constexpr const char* feed_counts = "feed";               // <feed>

enum class Outcome : std::uint8_t { read, partly, refused };
const char* name(Outcome outcome);

// Written before the file is answered and put away, so that whoever is killed in between knows where to go on.
struct FileAccount {
    std::string feed = {}, system = {}, file = {}, digest = {};
    Outcome outcome = Outcome::read;
    std::string reason = {};  // why it, or a part of it, was refused
    std::string lies = {};    // its name where it was put away
    std::int64_t at_ms = 0;   // when it was read
    std::int64_t messages = 0, refused = 0;
    std::int64_t repeated = 0;  // drops of the same file again
    bool answered = false, away = false;
};
std::string file_key(const std::string& system, const std::string& file, const std::string& digest);
std::string write_account(const FileAccount& account);
Result<FileAccount> read_account(const std::string& payload);

// The numbers of one sequence that have come.
struct NumbersCome {
    static constexpr std::size_t at_most = 1'000;  // missing ones that are remembered

    std::uint32_t last = 0;
    std::vector<std::uint32_t> missing = {};
    std::int64_t forgotten = 0;  // missing ones that had no room

    void come(std::uint32_t number);
};
std::string write_numbers(const NumbersCome& numbers);
Result<NumbersCome> read_numbers(const std::string& payload);

struct FeedCounts {
    std::int64_t read = 0, partly = 0, refused = 0, repeated = 0, messages = 0;
    std::int64_t last_ms = 0;
    std::string last_file = {};
};
std::string write_counts(const FeedCounts& counts);
Result<FeedCounts> read_counts(const std::string& payload);

}  // namespace headgate::feeds
