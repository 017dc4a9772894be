// The documents that one side of a comparison is made of.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"

namespace headgate::evolution {

using Documents = std::map<std::string, std::shared_ptr<const SourceFile>>;

// A file, by no name, or the OpenAPI documents of a folder by name without ending; other files of it are read where
// they are referred to.
Documents documents_of(const std::string& path, Diagnostics& diagnostics);

}  // namespace headgate::evolution
