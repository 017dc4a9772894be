// Drift: what a legacy message holds beyond its schema, and a mapping can live without: served, and told to the
// reader's caller.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace headgate {

struct Drift {
    std::string kind;   // column, record, ...
    std::string name;   // of the column, of the record's type
    std::string place;  // where it was seen first, as errors say it
    std::size_t count = 1;
};

// What one reader has seen; each kind and name once, with its count. Bounded: hostile input can't make it grow.
class DriftLog {
  public:
    static constexpr std::size_t at_most = 256;

    void add(std::string_view kind, std::string_view name, std::string_view place) {
        auto same = [&](const Drift& seen) { return seen.kind == kind && seen.name == name; };
        if (auto seen = std::find_if(all_.begin(), all_.end(), same); seen != all_.end())
            ++seen->count;
        else if (all_.size() < at_most)
            all_.push_back({std::string(kind), std::string(name), std::string(place)});
        else
            ++left_out_;
    }
    const std::vector<Drift>& all() const { return all_; }
    // Sightings that found no room.
    std::size_t left_out() const { return left_out_; }

  private:
    std::vector<Drift> all_;
    std::size_t left_out_ = 0;
};

}  // namespace headgate
