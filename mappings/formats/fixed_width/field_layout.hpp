// A field of a fixed-width layout, read from its YAML and checked by itself.
#pragma once

#include <string>
#include <vector>

#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate::fixed_width {

// `count_of`: names of records, which the caller looks up. Faults are reported, each at its key.
FixedField read_field(const SourceFile& file, const SourceNode& node, std::vector<std::string>& count_of,
                      Diagnostics& diagnostics);

}  // namespace headgate::fixed_width
