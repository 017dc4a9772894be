// Cases: the conditions under which a rule or a drop stands, and which cases several of them leave open.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mappings/language/mapping.hpp"

namespace headgate::mappings {

using Steps = std::vector<std::string>;

// One condition (borrowed from the mapping) and what is known of its field.
struct Clause {
    Steps field;  // from the top of the contract's message
    const Condition* condition;
    std::vector<std::string> words;  // all that the field may say; empty: any
    bool always = false;             // it is never absent
};
using Clauses = std::vector<Clause>;  // all hold; empty: always

// Whether two conditions on one field can't both hold.
bool contradict(const Condition& a, const Condition& b);
// Whether no message is a case of both.
bool exclusive(const Clauses& a, const Clauses& b);

// What the fields of all conditions say, in one case: a value of each that makes a difference.
class OneCase {
  public:
    bool holds(const Clauses& clauses) const;
    // Whether a field is absent here.
    bool lacks(const Steps& field) const;

  private:
    friend class CaseFinder;
    struct Field {
        const Clause* clause;                // the first that names it
        std::vector<std::string> literals;   // that conditions name
        bool other = false, absent = false;  // besides: it may say what no condition names; nothing
        std::size_t at = 0;
        std::size_t count() const { return literals.size() + other + absent; }
    };
    const Field* find(const Steps& field) const;
    static bool holds(const Field& field, const Condition& condition);
    std::vector<Field> fields_;
};

// A case, told as conditions (`delivery.method == "pickup"`), in which `open` is true; nothing when there is none.
// `clauses`: all that `open` asks of.
std::optional<std::string> find_case(const std::vector<const Clauses*>& clauses,
                                     const std::function<bool(const OneCase&)>& open);

}  // namespace headgate::mappings
