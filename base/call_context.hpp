// CallContext: what every call into another room carries: until when, for whom, under which trace.
#pragma once

#include <string>

#include "base/deadline.hpp"
#include "base/trace.hpp"

namespace headgate {

// A value; copied where a call outlives its exchange (shadow, order log).
struct CallContext {
    Deadline deadline = Deadline::never();
    TraceContext trace;
    std::string caller = {};           // the caller's name, empty when anonymous
    bool shadow = false;               // this call serves a mirrored copy: no effect may come of it
    std::string idempotency_key = {};  // forwarded where a system understands one
};

// The header that carries the shadow mark between services.
inline constexpr std::string_view shadow_header = "headgate-shadow";

}  // namespace headgate
