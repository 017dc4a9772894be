// Location: where what an operation has made can be read, by the contract's own paths.
#pragma once

#include <optional>
#include <string>

#include "contracts/registry/registry.hpp"

namespace headgate {

// Of an answer that declares a Location: the path of the contract's GET whose path is the operation's and one more
// {parameter}, filled from the answer, else from the request: POST /returns and GET /returns/{rma}. Nothing where there
// is none.
std::optional<std::string> location_of(const Operation& operation, int status, const Value& answer,
                                       const Value& request);

}  // namespace headgate
