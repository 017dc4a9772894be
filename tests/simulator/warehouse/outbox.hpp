// What the warehouse drops for others: files with numbers, each kind's without a gap, remembered over a restart.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/simulator/db/line_file.hpp"
#include "tests/simulator/quirks/quirks.hpp"

namespace simulator {

// Thread-safe. One process owns the folder. A file is there at once and whole: it is written under a name that begins
// with a dot, and then renamed. Quirks make it slow, bare, doubled, or leave numbers out.
class Outbox {
  public:
    explicit Outbox(std::filesystem::path root,
                    const Quirks& quirks = no_quirks());  // writes to root/out, remembers in root/sent.jsonl

    struct File {
        std::string family;     // whose numbers count together: x12, csv, list
        std::string kind;       // 997, 945, return, stock
        std::string about;      // the order or day; told again by sent()
        std::string extension;  // 945
    };
    // Gives the file the next number of its family, and makes its text with it. False: it could not be written, and the
    // number is free again.
    bool send(const File& file, const std::function<std::string(unsigned number)>& text);
    void refuse(bool full) { full_ = full; }                    // as a full disk does: every file fails
    void drop_again(std::chrono::steady_clock::time_point at);  // the quirk double_files: what is due for a second time
    bool sent(const std::string& kind, const std::string& about) const;
    std::uint64_t count() const { return count_; }

  private:
    struct Again {
        std::chrono::steady_clock::time_point at;
        std::string name, bytes;
    };
    bool write(const std::string& name, const std::string& bytes);

    std::filesystem::path root_;
    const Quirks& quirks_;
    mutable std::mutex mutex_;
    std::map<std::string, unsigned> last_;                // family -> number
    std::set<std::pair<std::string, std::string>> sent_;  // kind, about
    std::vector<Again> again_;
    std::atomic<bool> full_{false};
    std::atomic<std::uint64_t> count_{0};  // asked for while a slow file is written
    LineFile journal_;
};

}  // namespace simulator
