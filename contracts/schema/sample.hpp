// sample: a document that a schema allows, made where nobody wrote an example.
#pragma once

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate::schema {

// The same schema always gives the same document, and what is given has been validated. Taken first: a `const`, the
// schema's own `examples` and `default`, an `enum`; then a value is made by type, bounds, `format` and `pattern` (the
// simple ones). Optional members are there where they can be made and don't repeat what they are part of.
// Bounded in steps, depth and size, whatever the schema is; one that asks for more, or that this can't find a value
// for, is a `configuration` error whose message names the place in the document and in the contract.
// `given`: a member that the document has with this value wherever its schemas name it; what is written without it
// counts, with another value of it is taken with this one. The schema must come from a Compiler. Text lives in the
// arena, or in the schema, which must outlive the document.
Result<Value> sample(const Schema& schema, Arena& arena, const Member* given = nullptr);

}  // namespace headgate::schema
