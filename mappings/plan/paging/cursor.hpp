// The cursor of a list: where its next page begins, as text that means nothing to callers. It holds the operation, a
// digest of the query's other parameters, and the position. It is no secret and not signed: any position is one that a
// query may ask for.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"

namespace headgate::mappings {

// `operation`: catalogue.v1/listProducts. `message`: the request, of which `limit` and `cursor` don't count.
std::string write_cursor(std::string_view operation, const Value& message, const Value& position);
// The position, in the builder's arena. Fails with invalid_message at /cursor: it is none, or another operation's or
// query's.
Result<Value> read_cursor(std::string_view text, std::string_view operation, const Value& message, Builder& builder);
// What is wrong with a cursor that the caller sent.
Error bad_cursor(std::string message);

}  // namespace headgate::mappings
