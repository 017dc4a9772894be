// SteppedSystem: wraps an adapter from outside with the steps of a mapping, so that no adapter knows of them.
#pragma once

#include <memory>
#include <string>

#include "adapters/system.hpp"

namespace headgate {

// A plan of several calls is carried out call by call over `inner`, all within the call's one deadline: those that need
// none of each other's answers side by side, the one that changes something last. Any other plan goes through as it is.
// The first call that fails, in the mapping's order, is the error of the whole; its detail names the step.
std::unique_ptr<System> stepped(std::unique_ptr<System> inner);

// As SystemHost::refuses, asked of each call of the plan.
std::string refuses_call(const SystemHost& host, const Plan& plan);

}  // namespace headgate
