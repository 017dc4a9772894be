// X12 and EDIFACT interchanges as files of a mapping, by a partner's guide.
#pragma once

#include "mappings/formats/edi/guide.hpp"
#include "mappings/formats/edi/tokenizer.hpp"
#include "mappings/formats/file_format.hpp"

namespace headgate {

std::shared_ptr<const FileFormat> edi_format(std::shared_ptr<const edi::Guide> guide,
                                             const edi::Tolerances& tolerances = {});

}  // namespace headgate
