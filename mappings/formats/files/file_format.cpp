// What formats have unless they say otherwise: texts of envelopes that are never wrong, and no answer to what is read.
#include "mappings/formats/file_format.hpp"

namespace headgate {

std::string FileFormat::envelope_fault(std::string_view, std::string_view) const { return {}; }

Result<std::vector<std::string>> FileFormat::acknowledge(const FileReading&, std::string_view, std::string_view,
                                                         std::uint32_t) const {
    return std::vector<std::string>{};
}

}  // namespace headgate
