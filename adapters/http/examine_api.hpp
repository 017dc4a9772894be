// Fetches the OpenAPI document that a system tells today, and holds it against those of the mappings.
#pragma once

#include <string>
#include <vector>

#include "adapters/examination.hpp"
#include "base/http_client.hpp"

namespace headgate {

// `url`: of the document, at most 4 MiB of YAML or JSON; `http` must outlive the call. Fails with system_unavailable
// (nothing is answered), bad_answer (no such document), configuration (no such URL).
Task<Result<Examination>> examine_api(HttpClient& http, std::string url, std::vector<const Plan*> plans,
                                      CallContext context);

}  // namespace headgate
