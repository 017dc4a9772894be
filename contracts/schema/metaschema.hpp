// The meta-schemas of JSON Schema 2020-12, which the binary carries with it: nothing is ever fetched for them.
#pragma once

#include <memory>
#include <string_view>

#include "contracts/document/source.hpp"

namespace headgate::schema {

inline constexpr std::string_view dialect_2020_12 = "https://json-schema.org/draft/2020-12/schema";

// The file that json-schema.org publishes under this URI; nullptr when it is none of 2020-12's. Thread-safe.
std::shared_ptr<const SourceFile> metaschema(std::string_view uri);

}  // namespace headgate::schema
