// Holds a message and what a plan made of it against the laws of the mapping's rules.
#pragma once

#include <optional>
#include <string>

#include "mappings/plan/compiled_plan.hpp"
#include "mappings/plan/laws/relations.hpp"

namespace headgate::mappings {

// A law that does not hold.
struct Breach {
    SourceMark mark;
    std::string rule, what;
};

// Of one section; borrows the plan. Any number of threads may check.
class LawCheck {
  public:
    LawCheck(const CompiledPlan& plan, Direction direction);

    // `contract` is the message of the contract, `legacy` that of the system; one was made of the other. read(write(c))
    // = c is checked where the request is written, write(read(l)) = l where the answer is read, rule by rule; equal
    // once normalised where the rule's law says so.
    std::optional<Breach> check(const Value& contract, const Value& legacy) const;
    const std::vector<Relation>& relations() const { return relations_; }

  private:
    const Mapping& mapping_;
    const date::time_zone* zone_ = nullptr;
    bool reading_;
    const LegacyNode* shape_;  // of what is written; nullptr: parameters
    std::vector<Relation> relations_;
};

}  // namespace headgate::mappings
