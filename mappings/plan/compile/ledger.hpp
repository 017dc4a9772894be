// Ledger: what the rules of one section do with the parts of a message, by their paths from its top. Lists are passed
// through: lines.sku is a member of each of the lines.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mappings/language/mapping.hpp"

namespace headgate::mappings {

using Steps = std::vector<std::string>;
bool begins_with(const Steps& path, const Steps& start);  // and goes on

// Lives for the compilation of one section; there is one for each of the two messages.
class Ledger {
  public:
    enum class Fate : std::uint8_t { mapped, computed, set, dropped };
    struct Note {
        Fate fate;
        SourceMark mark;
        bool rest = false;  // of a drop: parts of it may be carried
    };

    // Of several notes of one part the first fate counts; a drop is kept apart until settle().
    void note(Steps path, Fate fate, const SourceMark& mark);
    void drop(Steps path, const SourceMark& mark, bool rest, Diagnostics& diagnostics);
    // A list whose items have rules of their own, from `mark` on.
    void open(Steps list, const SourceMark& mark);
    void test(Steps field, const Condition& condition);

    // Joins what another section says of the same message; both are unsettled.
    void add(const Ledger& other, Diagnostics& diagnostics);
    // What another one has taken counts as computed from.
    void use(const Ledger& other);
    // The same, with all paths below a member of that name.
    Ledger below(const std::string& name) const;
    // Whether anything is said of this part, or in it.
    bool names(const Steps& path) const;

    // Tells drops of what is carried. Once all is noted; then ask.
    void settle(Diagnostics& diagnostics);
    const Note* find(const Steps& path) const;
    const Note* find_drop(const Steps& path) const;
    // The words of a field that no condition names; nothing when the field stands in no condition.
    std::optional<std::vector<std::string>> untested(const Steps& field,
                                                     const std::vector<std::string_view>& words) const;
    bool any_below(const Steps& path) const;
    bool opened(const Steps& path) const { return lists_.contains(path); }
    // The list around `path` that has rules, from the top; empty: none.
    Steps list_around(const Steps& path) const;
    const SourceMark& mark_of(const Steps& list, const SourceMark& top) const;
    // The part that is mapped nearest to `path`; nullptr when nothing is.
    const std::pair<const Steps, Note>* nearest_to(const Steps& path) const;
    int count(Fate fate) const;

  private:
    std::pair<std::string, const SourceMark*> against(const Steps& path, const Note& drop) const;

    std::map<Steps, Note> notes_, drops_;
    std::map<Steps, SourceMark> lists_;
    std::map<Steps, std::vector<const Condition*>> conditions_;
};

}  // namespace headgate::mappings
