// Source nodes as text again: JSON, and YAML that any reader takes for what is meant (`NO`, `012` and `1e3` keep their
// quotes).
#pragma once

#include <string>

#include "contracts/document/source.hpp"

namespace headgate {

// Block style, two blanks a level, members in order. Reads back as the same tree, but for places and comments.
std::string to_yaml(const SourceNode& node);
// The same, as JSON of two blanks a level; numbers keep their text.
std::string to_pretty_json(const SourceNode& node);

}  // namespace headgate
