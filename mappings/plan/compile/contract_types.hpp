// The types of the contract: what a rule's codecs and tables must agree with.
#pragma once

#include "mappings/plan/compile/compile.hpp"

namespace headgate::mappings {

// ` (orders.v1 #/components/schemas/Order/properties/total)`, for the end of a message; empty when nothing is known.
std::string described(const Shape* shape);
// Where what a rule's codecs make of a value is told.
SourceMark mark_of(const Rule& rule);
// False after a diagnostic: a value of `type` can't be one of `shape`. No shape: anything can.
// `currency`: a field beside it that may be one; empty: none.
bool check_contract_type(const Rule& rule, const ChainType& type, const Shape* shape, const std::string& currency,
                         Diagnostics& diagnostics);
// Every word of the contract's enumeration has a code when we write; every word of the table is one of the contract.
// False when the table is another field's.
bool check_table(const CompileSetup& setup, const Rule& rule, const Shape* shape, Diagnostics& diagnostics);
// Whether a constant is within the length or the range that the contract allows.
bool within_bounds(const Shape& shape, const std::string& text, ChainType::Kind kind);

}  // namespace headgate::mappings
