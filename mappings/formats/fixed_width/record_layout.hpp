// The records of a fixed-width layout, read from their YAML: each by itself, then linked with each other.
#pragma once

#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate::fixed_width {

// Fills in `records` and `all`; record_length and record_by are set. Faults are reported, each at its key.
void read_records(const SourceFile& file, const SourceNode& node, FixedWidthLayout& layout, Diagnostics& diagnostics);

}  // namespace headgate::fixed_width
