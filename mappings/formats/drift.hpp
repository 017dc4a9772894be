// Drift: what a legacy message holds beyond its schema or its tables, and a mapping can live without: served, and told
// to whoever asked for the message.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/utf8.hpp"

namespace headgate {

struct Drift {
    std::string kind;   // element, column, code, item, record
    std::string name;   // the path in the legacy message, without places in lists: pos/rabatt; a record's type
    std::string place;  // where it was seen first, as errors say it: pos[2]/rabatt
    std::size_t count = 1;
    // Of the first: the code; of an item what was expected in the place of what it has, never a value.
    std::string example = {};
};

// What one message, or one reader, has shown; each kind and name once, with its count. Bounded: hostile input can't
// make it grow. One that stays empty allocates nothing.
class DriftLog {
  public:
    static constexpr std::size_t at_most = 64;
    static constexpr std::size_t text_at_most = 200;  // bytes of each text

    void add(std::string_view kind, std::string_view name, std::string_view place, std::string_view example = {}) {
        if (!again(kind, name)) all_.push_back({std::string(kind), bounded(name), bounded(place), 1, bounded(example)});
    }
    // What was counted elsewhere, and is there once.
    void add(const Drift& seen) {
        if (all_.size() < at_most)
            all_.push_back({seen.kind, bounded(seen.name), bounded(seen.place), seen.count, bounded(seen.example)});
        else
            left_out_ += seen.count;
    }
    // Counts what was seen before, or finds no room; false: it is to be added, with its place.
    bool again(std::string_view kind, std::string_view name) {
        std::string shown = bounded(name);
        auto same = [&](const Drift& seen) { return seen.name == shown && seen.kind == kind; };
        auto seen = std::find_if(all_.begin(), all_.end(), same);
        if (seen == all_.end() && all_.size() < at_most) return false;
        ++(seen != all_.end() ? seen->count : left_out_);
        return true;
    }
    bool empty() const { return all_.empty(); }
    const std::vector<Drift>& all() const { return all_; }
    // Sightings that found no room.
    std::size_t left_out() const { return left_out_; }

  private:
    // Cut, and without control characters: it is shown in terminals.
    static std::string bounded(std::string_view text) {
        std::string out(cut_utf8(text, text_at_most));
        for (char& c : out)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
        return out;
    }

    std::vector<Drift> all_;
    std::size_t left_out_ = 0;
};

}  // namespace headgate
