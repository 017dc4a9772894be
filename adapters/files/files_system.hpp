// Files dropped into the folder of a system that reads them on its own time.
#pragma once

#include <memory>

#include "adapters/system.hpp"
#include "base/result.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

// A file that is to be dropped. The same document gives the same name and bytes.
struct Drop {
    std::string name, bytes;
};
Result<Drop> write_drop(const FileDrop& call, const Value& document);

std::unique_ptr<SystemHost> open_files_system(const SystemSpec& spec, Diagnostics& diagnostics);

}  // namespace headgate
