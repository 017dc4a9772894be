// Where in its file a source node lies, as a JSON Pointer (RFC 6901).
#pragma once

#include <string>

#include "contracts/document/source.hpp"

namespace headgate {

// "" for the root, and for a node that is not of this file's first document. Costs as much as the way down to it.
std::string pointer_of(const SourceFile& file, const SourceNode& node);

}  // namespace headgate
