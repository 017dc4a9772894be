// Comparison: what the comparers of one pair of documents share: both sides' files, the schemas to compare, and the
// changes that they tell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contracts/evolution/schema_pairs.hpp"

namespace headgate::evolution {

// The same thing on both sides; either may be absent.
struct Both {
    Place before, after;
    explicit operator bool() const { return before || after; }
};

// Where the comparers are: begun anew for each operation, message and parameter.
struct Frame {
    std::string operation, where, status, path;
    Direction direction = Direction::none;
};

// One pair of documents of one comparison; borrows what all pairs share.
class Comparison {
  public:
    Comparison(ApiFiles& before, ApiFiles& after, SchemaPairs& schemas, Budget& limits, std::string day,
               std::vector<Change>& told, std::string name, Both documents)
        : before_files(before),
          after_files(after),
          budget(limits),
          today(std::move(day)),
          contract(std::move(name)),
          root(documents),
          pairs_(schemas),
          changes_(told) {}

    ApiFiles &before_files, &after_files;
    Budget& budget;
    const std::string today;  // 2026-11-26
    const std::string contract;
    const Both root;

    // `rule` without its direction, which is the frame's.
    void tell(const Frame& frame, std::string_view rule, Both places, std::string message, std::string hint = {});
    Both child(Both at, std::string_view key) const {
        return {before_files.child(at.before, key), after_files.child(at.after, key)};
    }
    Both follow(Both at) { return {before_files.follow(at.before), after_files.follow(at.after)}; }
    void see(Both at) {
        if (at.before) before_files.see(at.before);
        if (at.after) after_files.see(at.after);
    }
    // In order of appearance, those of the present side last.
    std::vector<std::string> keys(Both at) const;
    // Schemas are judged once all documents are read, and told in this frame then. Absent: anything is valid.
    void compare_schemas(const Frame& frame, Both schemas, Both places);
    // Keys that no comparer knows: extensions are risky, all others break.
    void compare_rest(const Frame& frame, Both at, std::initializer_list<std::string_view> known);
    // Whether both mean the same, references followed; absence means nothing else than absence.
    bool same_meaning(Both at);
    // Tells what the schemas that were put aside have changed.
    void tell_schemas();

  private:
    struct Message {
        Frame frame;
        PairId pair;
    };
    Change change_in(const Frame& frame) const;

    SchemaPairs& pairs_;
    std::vector<Change>& changes_;
    std::vector<Message> messages_;
};

bool is_flag_set(const ApiFiles& files, Place at, std::string_view key);

}  // namespace headgate::evolution
