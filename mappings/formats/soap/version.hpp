// Which SOAP a system speaks.
#pragma once

#include <cstdint>

namespace headgate {

enum class SoapVersion : std::uint8_t { v11, v12 };
constexpr const char* name(SoapVersion version) { return version == SoapVersion::v12 ? "1.2" : "1.1"; }

}  // namespace headgate
