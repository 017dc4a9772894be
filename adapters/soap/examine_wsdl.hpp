// Fetches the WSDL that a system tells today, with what it imports, and holds it against those of the mappings.
#pragma once

#include <string>
#include <vector>

#include "adapters/examination.hpp"
#include "base/http_client.hpp"

namespace headgate {

// `url`: of the WSDL, with its query. At most 64 documents, 16 MiB together, all of its own origin; `http` must outlive
// the call. Fails with system_unavailable (nothing is answered), bad_answer (no WSDL), configuration (no such URL).
Task<Result<Examination>> examine_wsdl(HttpClient& http, std::string url, std::vector<const Plan*> plans,
                                       CallContext context);

}  // namespace headgate
