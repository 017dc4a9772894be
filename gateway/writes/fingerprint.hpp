// Fingerprint: what tells one request of a caller from another under the same Idempotency-Key.
#pragma once

#include <string>

#include "contracts/registry/registry.hpp"

namespace headgate::writes {

// SHA-256 in hexadecimal over the operation's name and what the message says, by path, query and body, written with
// sorted keys: neither white space nor the order of members makes another request of it. Headers (the key itself) don't
// count. The same on every replica and after every restart.
std::string fingerprint(const Operation& operation, const Value& message);

}  // namespace headgate::writes
