// What the callers of a deprecated operation are told with every answer: Deprecation (RFC 9745), Sunset (RFC 8594) and
// a Link to the version that follows (RFC 5829).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_client.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// Made at load, then immutable; empty for an operation that is not deprecated. No date in it switches anything off.
class LifecycleHeaders {
  public:
    LifecycleHeaders() = default;
    LifecycleHeaders(const Operation& operation, const Registry& contracts);
    // `match`: the request's path parameters, which fill the successor's path.
    void add_to(std::vector<HttpHeader>& headers, const OperationMatch& match) const;

  private:
    std::vector<HttpHeader> fixed_;
    // The successor's path between its parameters; empty: no link, or it is among the fixed ones.
    struct Piece {
        std::string text, parameter;  // the parameter comes after the text; empty: none
    };
    std::vector<Piece> successor_;
};

}  // namespace headgate
