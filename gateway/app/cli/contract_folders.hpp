// Where the contracts are that a command works on.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate::cli {

// What was given, else what ./headgate.yaml says. Empty after a diagnostic.
std::vector<std::string> contract_folders(const std::vector<std::string>& given, Diagnostics& diagnostics);

}  // namespace headgate::cli
