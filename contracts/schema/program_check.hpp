// What a program is checked for once all its schemas are compiled, and how its runs are made short.
#pragma once

#include "base/diagnostics.hpp"
#include "contracts/schema/program.hpp"

namespace headgate::schema {

// False, with a diagnostic each, when a schema leads back to itself without going down into the document: it would be
// judged for ever.
bool refuse_endless(const Program& program, Diagnostics& diagnostics);
// Lets what refers to a schema that is nothing but a $ref refer to where that leads. None may be endless.
void shorten_references(Program& program);
// Sets the program's width. False, with a diagnostic, when too many schemas lead to one another for one value: runs are
// recursive, and their depth is bounded.
bool measure(Program& program, Diagnostics& diagnostics);

}  // namespace headgate::schema
