// Relation: what one rule says of the two messages, a value here, a value there and the codecs between; found from the
// rules as they are written, not from the slots that a plan makes of them, which laws are held against.
#pragma once

#include <vector>

#include "mappings/language/mapping.hpp"
#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

// Borrows the mapping and the transfer.
struct Relation {
    enum class Kind : std::uint8_t { value, values, parts, items } kind = Kind::value;
    const Rule* rule = nullptr;
    const Step* step = nullptr;          // of what is no list of items
    std::vector<const Condition*> when;  // all hold
    std::vector<Relation> rules;         // of the items
};

// Of the rules of one section that carry something.
std::vector<Relation> relations_of(const std::vector<Rule>& rules, const Transfer& transfer);

// The value at a path of objects; null where there is none.
Value value_at(const Value& document, const std::vector<std::string>& steps);
// A legacy value as a rule takes it: one element is the list of one, and a text may have attributes.
Value single_of(const Value& value);
// The items of a list that may stand alone.
std::vector<Value> items_of(const Value& value);
bool holds(const Condition& condition, const Value& scope);

// A walk through a message of the contract: the innermost scope last.
struct ContractScopes {
    std::vector<Value> open;
    // The nearest that has it; null: none.
    Value find(const std::vector<std::string>& steps) const;
    // What the codecs of a rule ask of the contract beside, in their order.
    std::vector<Value> references(const Rule& rule) const;
};

}  // namespace headgate::mappings
