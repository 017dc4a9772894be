// ShadowAnswer: what one side answered to a mirrored request, in the contract's terms.
#pragma once

#include <cstdint>
#include <string>

namespace headgate {

// Owned; a value.
struct ShadowAnswer {
    bool failed = false;  // no answer at all: unreachable, late, bad answer; then `failure` says which
    std::string failure;  // stable word: deadline-exceeded, system-unavailable, bad-answer...
    int status = 0;
    std::string body;  // JSON
    std::int64_t latency_us = 0;
};

}  // namespace headgate
