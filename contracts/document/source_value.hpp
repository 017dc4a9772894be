// A source node as a document: what an example, an enumeration or a default in a file means as JSON.
#pragma once

#include <optional>
#include <string>

#include "contracts/document/builder.hpp"
#include "contracts/document/source.hpp"

namespace headgate {

// An unquoted scalar is what YAML 1.2's core schema says of booleans and null (`true`, `True`, `TRUE`; `~`, `null`,
// `Null`, `NULL`, nothing), and a number where JSON has such a number. Everything else is a string: `NO`, `yes`, `012`,
// `0x1F` and `2026-11-23` too. Strings are copied to the builder's arena.
Value to_value(const SourceNode& node, Builder& builder);
// A document as it would stand in a file: strings are quoted.
SourceNode to_source(const Value& value);

// Nothing: it is no boolean.
std::optional<bool> boolean_of(const SourceNode& node);
// The flags of contracts and configurations are `true` and `false` alone: what is to be written for one that is
// neither.
std::string flag_hint(const SourceNode& node);

}  // namespace headgate
