// SchemaPairs: every pair of schemas that is to be compared, each judged once however often it is referred to; a graph
// whose edges are members, items and variants, so that recursive schemas end.
#pragma once

#include <deque>
#include <map>
#include <tuple>

#include "contracts/evolution/heirs.hpp"
#include "contracts/evolution/rules.hpp"
#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

// What a change between two schemas means depends on where they stand.
struct Mode {
    Direction direction = Direction::request;
    bool muted = false;   // below a member that isn't sent in this direction: nothing breaks
    bool strict = false;  // below `not`, `if` or `contains`: less may be more, so every change breaks
    // In the place of an object that `unevaluatedProperties` judges: that of the present side may refuse members that
    // the parts of a request no longer name, that of the former side those that the parts of an answer now name.
    bool judged_around = false;
    auto operator<=>(const Mode&) const = default;
};

using PairId = std::uint32_t;

// A change inside one pair, its path relative to the pair's.
struct LocalChange {
    const Rule* rule = nullptr;
    Level level = Level::breaking;
    std::string step;  // "" or "/member"
    std::string message, hint;
    Place before, after;
};

struct SchemaPair {
    struct Edge {
        std::string step;  // "/sku", "/*", "" for a variant
        PairId to = 0;
    };
    Conjunction before, after;
    Place before_at, after_at;  // where to say that an absent schema is missing
    Mode mode;
    const ComponentName* component = nullptr;  // of either side
    std::vector<LocalChange> changes;
    std::vector<Edge> edges;
    bool leads_to_change = false;
};

// Owns the graph of one comparison; borrows the files of both sides.
class SchemaPairs {
  public:
    SchemaPairs(ApiFiles& before, ApiFiles& after, Budget& budget)
        : before_files(before), after_files(after), before_heirs(before), after_heirs(after), budget_(budget) {}

    // The pair of these two, made when it isn't there yet; judged later.
    PairId add(Conjunction before, Conjunction after, Mode mode, Place before_at, Place after_at);
    // Judges what was added and everything below.
    void judge();
    // Each change at or below the pair, as `frame` with rule, path and places filled in.
    void tell(PairId root, const Change& frame, std::vector<Change>& changes);

    ApiFiles &before_files, &after_files;
    Heirs before_heirs, after_heirs;

  private:
    using Key = std::tuple<std::vector<const SourceNode*>, std::vector<const SourceNode*>, Mode>;
    void mark_leading();

    Budget& budget_;
    std::deque<SchemaPair> pairs_;  // grows while references into it are held
    std::map<Key, PairId> by_key_;
    std::size_t judged_ = 0;
};

}  // namespace headgate::evolution
