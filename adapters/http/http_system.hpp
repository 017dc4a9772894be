// A service that speaks the contract itself, as HTTP with JSON; or, by mappings, one with a JSON API of its own.
#pragma once

#include <memory>

#include "adapters/system.hpp"

namespace headgate {

std::unique_ptr<SystemHost> open_http_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
