// The value class of a difference: how the two values relate, in a word that one cause tends to keep, so that a
// rounding error groups into one finding and a second defect in the same field into another.
#pragma once

#include <string>

#include "contracts/document/value.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

// Of two values that differ: numbers by delta_class; date-times `later`/`earlier`; enumerated words, booleans and kinds
// as a pair (`sellable->blocked`, `true->false`, `number->string`); other strings `to-empty`, `from-empty`, `case`,
// `white-space`, `cut`, `extended`, `text`.
std::string value_class(const Value& left, const Value& right, const Shape* shape);

}  // namespace headgate
