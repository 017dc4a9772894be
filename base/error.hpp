// Error: what went wrong, said twice: safely for a caller, exactly for the log.
#pragma once

#include <string>
#include <string_view>

namespace headgate {

// Each kind has one HTTP status and one stable problem type (gateway/pipeline/problem.cpp).
enum class ErrorKind {
    invalid_message,     // the caller's message breaks the contract
    unknown_operation,   // no such path, version or contract
    method_not_allowed,  // the path exists, the method does not
    unsupported_media,   // content type the operation does not speak
    unsupported_coding,  // content coding that nothing here decodes
    not_acceptable,      // none of the caller's Accept types can be served
    too_large,           // over a declared bound
    unauthenticated,     // no or a wrong token
    forbidden,           // a good token, but not the role
    conflict,            // e.g. idempotency key reused or in progress, out of stock
    rejected,            // the legacy side refused for a business reason
    overloaded,          // a bound of ours is reached: retry later
    deadline_exceeded,   // time ran out on our side or a system's
    system_unavailable,  // a system can't be reached or reset the connection
    system_fault,        // a system answered with a fault
    bad_answer,          // a system's answer doesn't fit its mapping or contract
    outcome_unknown,     // a write may or may not have taken effect
    configuration,       // configuration, contract or mapping is wrong (load time)
    internal             // a bug of ours
};

std::string_view name(ErrorKind kind);

// A value; cheap to move. `message` may be shown to anybody; `detail` goes to the log and never to a caller.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;       // safe: no legacy code, host name, SQL
    std::string detail = {};   // exact: the place in the legacy answer, the driver's text
    std::string system = {};   // the system's name, if one is to blame
    std::string pointer = {};  // JSON Pointer (RFC 6901) into the contract's message, where it applies
    std::string code = {};     // stable business code from a mapping's fault rule: 'out-of-stock'
};

}  // namespace headgate
