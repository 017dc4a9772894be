// The document that a mock answers with: an example of a content, or one that is made from its schema.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/registry/contract.hpp"
#include "gateway/pipeline/prefer.hpp"

namespace headgate {

struct MockDocument {
    Value message;        // in the builder's arena, or in the contract
    std::string example;  // its name, or "generated"
};

// The preferred example, else the one whose request of the same name `request` equals, else the first, else one that is
// made. A problem repeats the status that it is told with: of several examples one that says it is taken, any other one
// gets it. Fails with invalid_message when the preferred example isn't there or can't say the status, and with
// no_example.
Result<MockDocument> mock_document(const Operation& operation, const Value& request, const Content& content, int status,
                                   const Preference& preference, Builder& builder);

// What a caller is told who prefers what isn't there.
Error unknown_preference(std::string message);
// "a, b, c"
std::string listed(const std::vector<std::string>& names);
// `internal`, code no-example: where to write one, after why none can be made. `where`: ", application/json".
Error no_example(const Operation& operation, int status, const std::string& where, const std::string& why);

}  // namespace headgate
