// read_file: the one way in which files that somebody names are read: contracts, mappings, configuration, documents.
#pragma once

#include <string>

#include "base/result.hpp"

namespace headgate {

// Regular files alone, never a pipe or a device that has no end; nothing larger than `most_bytes`. The message says
// what is wrong, without the path.
Result<std::string> read_file(const std::string& path, std::size_t most_bytes);

}  // namespace headgate
