// What the warehouse drops for others: files with numbers, each kind's without a gap, remembered over a restart.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "tests/simulator/db/line_file.hpp"

namespace simulator {

// Thread-safe. One process owns the folder. A file is there at once and whole: it is written under a name that begins
// with a dot, and then renamed.
class Outbox {
  public:
    explicit Outbox(std::filesystem::path root);  // writes to root/out, remembers in root/sent.jsonl

    struct File {
        std::string family;     // whose numbers count together: x12, csv, list
        std::string kind;       // 997, 945, return, stock
        std::string about;      // the order or day; told again by sent()
        std::string extension;  // 945
    };
    // Gives the file the next number of its family, and makes its text with it. False: it could not be written, and the
    // number is free again.
    bool send(const File& file, const std::function<std::string(unsigned number)>& text);
    bool sent(const std::string& kind, const std::string& about) const;
    std::uint64_t count() const;

  private:
    bool write(const std::string& name, const std::string& bytes);

    std::filesystem::path root_;
    mutable std::mutex mutex_;
    std::map<std::string, unsigned> last_;                // family -> number
    std::set<std::pair<std::string, std::string>> sent_;  // kind, about
    std::uint64_t count_ = 0;
    LineFile journal_;
};

}  // namespace simulator
