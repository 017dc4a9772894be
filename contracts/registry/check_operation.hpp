// What can be said of an operation only once every schema has been compiled: how its parameters are told, and that its
// request is one message.
#pragma once

#include "base/diagnostics.hpp"
#include "contracts/registry/contract.hpp"
#include "contracts/schema/compiler.hpp"

namespace headgate {

// Sets the kind of each parameter; faults go to diagnostics. What a faulty schema says is not judged.
void check_operation(Operation& operation, const schema::Compiler& compiler, Diagnostics& diagnostics);

}  // namespace headgate
