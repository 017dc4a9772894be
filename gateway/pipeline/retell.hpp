// Problems of the version behind a bridge, retold in the terms of the one that was asked for: a pointer leads into the
// caller's own message, or is left out.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/schema/schema.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

// A failure on our side of the version behind. Issues without a place here are left out.
void retell(Error& error, std::vector<SchemaIssue>& issues, const Plan& bridge);
// A problem document that the version behind answered; anything else comes back as it is.
Value retold(const Value& problem, const Plan& bridge, Builder& builder);

}  // namespace headgate
