// What a caller is told of an Idempotency-Key that can't be used now, or in this way.
#pragma once

#include "base/error.hpp"

namespace headgate::writes {

Error key_in_progress();  // HTTP 409: try again shortly
Error key_reused();       // HTTP 422: the key stands for another request
// HTTP 504: a system may have it, and nobody will know. The request is not carried out again under this key.
Error outcome_unknown(const Error& cause);
// HTTP 409: the same, asked again.
Error still_unknown();

}  // namespace headgate::writes
