// Files dropped into the folder of a system that reads them on its own time.
#pragma once

#include <memory>

#include "adapters/system.hpp"

namespace headgate {

std::unique_ptr<SystemHost> open_files_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
