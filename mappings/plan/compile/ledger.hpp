// Ledger: what the rules of one section do with the parts of a message, by their paths from its top. Lists are passed
// through: lines.sku is a member of each of the lines.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mappings/plan/compile/cases.hpp"

namespace headgate::mappings {

bool begins_with(const Steps& path, const Steps& start);  // and goes on

// Lives for the compilation of one section; there is one for each of the two messages.
class Ledger {
  public:
    enum class Fate : std::uint8_t { mapped, computed, set, dropped };
    struct Note {
        Fate fate;
        SourceMark mark;
        Clauses when = {};
        bool rest = false;  // of a drop: parts of it may be carried
    };

    // Of several notes of one part the first fate counts; a drop is kept apart until settle().
    void note(Steps path, Note note);
    void drop(Steps path, Note drop, Diagnostics& diagnostics);
    // A list whose items have rules of their own, from `mark` on.
    void open(Steps list, const SourceMark& mark, Clauses when);
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
    // Of a part that is noted: the first case in which it is neither carried nor dropped, though it may be there, and
    // where it is noted; nothing when there is none. `fields`: conditions are on fields of this message; `choices`:
    // what is around the part, where another of its members tells whether there is a way to the part.
    struct OpenCase {
        std::string when;
        SourceMark mark;
    };
    std::optional<OpenCase> open_case(const Steps& path, bool fields, const std::vector<Steps>& choices) const;
    bool any_below(const Steps& path) const;
    bool opened(const Steps& path) const { return lists_.contains(path); }
    // The list around `path` that has rules, from the top; empty: none.
    Steps list_around(const Steps& path) const;
    const SourceMark& mark_of(const Steps& list, const SourceMark& top) const;
    // The part that is mapped nearest to `path`, and where.
    std::optional<std::pair<Steps, SourceMark>> nearest_to(const Steps& path) const;
    int count(Fate fate) const;

  private:
    using Notes = std::map<Steps, std::vector<Note>>;
    std::pair<std::string, const SourceMark*> against(const Steps& path, const Note& drop) const;

    Notes notes_, drops_, lists_;
    std::map<Steps, std::vector<const Condition*>> conditions_;
};

}  // namespace headgate::mappings
