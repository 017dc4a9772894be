// A request to the gateway as a journey wants it, and what came back.
#pragma once

#include <string>

namespace simulator {

struct Call {
    std::string operation;  // getAvailability; of an older version with its name behind: getAvailability.v1
    std::string method, path, body, idempotency_key;
    std::string app_build = {};  // of the app that calls
    std::string session = {};    // of a visit with several journeys' worth of calls
};

struct Reply {
    int status = 0;  // 0: no answer
    std::string body;
};

}  // namespace simulator
