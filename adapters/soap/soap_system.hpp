// SOAP 1.1 and 1.2 over HTTP: plan, envelope, answer or fault, plan again.
#pragma once

#include <memory>

#include "adapters/system.hpp"

namespace headgate {

std::unique_ptr<SystemHost> open_soap_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
