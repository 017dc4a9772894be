// SourceFormat: what a file is read as, by the ending of its name, in capitals or not.
#pragma once

#include <cstdint>
#include <string_view>

namespace headgate {

enum class SourceFormat : std::uint8_t { none, yaml, json };

// .yaml and .yml, .json; none of these: none.
SourceFormat source_format(std::string_view path);

}  // namespace headgate
