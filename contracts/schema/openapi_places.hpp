// What stands where in an OpenAPI document: so that a reference of a schema to something else is told as such.
#pragma once

#include <string>
#include <string_view>

#include "contracts/document/source.hpp"

namespace headgate::schema {

// What a JSON Pointer from a file's root on leads to, in words, where it is no schema: "a security scheme", as OpenAPI
// says of the place, or "a list", as the value itself says elsewhere. Empty: it may be one.
std::string no_schema_at(const SourceNode& root, std::string_view pointer, const SourceNode& target);

}  // namespace headgate::schema
