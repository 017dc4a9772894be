// An answer's body that doesn't come whole or at once.
#pragma once

#include <string>

#include "tests/simulator/http/server.hpp"

struct MHD_Response;

namespace simulator {

// Whether these faults touch a body at all.
bool pours(const Faults& faults);
// A response of that length, sent as the faults say. The part must outlive it.
MHD_Response* poured_response(HttpPart& part, MHD_Connection* connection, std::string body, const Faults& faults);

}  // namespace simulator
