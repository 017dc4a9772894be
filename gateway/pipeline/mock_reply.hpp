// What a mock answers: an example of the contract, or a document that is made from the response's schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/system.hpp"
#include "base/http_client.hpp"
#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"
#include "gateway/pipeline/prefer.hpp"

namespace headgate {

struct MockReply {
    SystemReply reply;
    std::string example;              // its name, or "generated"
    std::vector<HttpHeader> headers;  // those that the contract declares
};

// The preferred response, else the success; of it the preferred example, else the one whose request of the same name
// `message` equals, else the first, else one that is made. The document is in the builder's arena or in the contract.
// Fails with invalid_message, which names what there is, when there is no such code or example; with not_acceptable;
// and with `internal`, code no-example, when there is no example and none can be made.
Result<MockReply> mock_reply(const Operation& operation, const Value& message, std::string_view accept,
                             const Preference& preference, Builder& builder);

}  // namespace headgate
