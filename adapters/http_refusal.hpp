// What a status says that tells nothing in the system's own terms: of a server that is busy, or of a proxy before it.
#pragma once

#include "base/error.hpp"

namespace headgate {

// 429 and 503: it did not begin. 502 and 504 come from a proxy, behind which it may have been carried out.
inline ErrorKind kind_of_refusal(int status, bool effect) {
    if (status == 429 || status == 503) return ErrorKind::system_unavailable;
    if (status != 502 && status != 504) return ErrorKind::system_fault;
    return effect ? ErrorKind::outcome_unknown : ErrorKind::system_unavailable;
}

}  // namespace headgate
