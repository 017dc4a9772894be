// Fixed-width records as files of a mapping.
#pragma once

#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/file_format.hpp"
#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate {

// A document is the whole file; or, where the layout says `message: RECORD`, the file as it would be with one record of
// that type. The page lives for the process.
std::shared_ptr<const FileFormat> fixed_width_format(std::shared_ptr<const FixedWidthLayout> layout,
                                                     const CodePage& page);

}  // namespace headgate
