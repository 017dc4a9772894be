// SteppedSystem: wraps an adapter from outside with the steps of a mapping, so that no adapter knows of them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/system.hpp"

namespace headgate {

// The system of this name as the thread has it, for steps that are of another system than their mapping; nullptr: there
// is none. What it finds outlives who asks.
using SystemByName = std::function<System*(std::string_view)>;

// A plan of several calls is carried out call by call over `inner`, and over `others` where a step names another
// system, all within the call's one deadline: those that need none of each other's answers side by side, the one that
// changes something last. Any other plan goes through as it is. The first call that fails, in the mapping's order, is
// the error of the whole; its detail names the step.
std::unique_ptr<System> stepped(std::unique_ptr<System> inner, SystemByName others = {});

// As SystemHost::refuses, asked of each call of the plan, by the host of the system that it is of. `others` as above.
using HostByName = std::function<const SystemHost*(std::string_view)>;
std::string refuses_call(const SystemHost& host, const Plan& plan, const HostByName& others = {});

}  // namespace headgate
