// Databases behind unixODBC: queries and transactions of mappings, on a pool of connections.
#pragma once

#include <memory>

#include "adapters/system.hpp"

namespace headgate {

std::unique_ptr<SystemHost> open_odbc_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
