// Texts by which parts of two documents are compared as wholes, where no rule looks inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contracts/evolution/api_files.hpp"

namespace headgate::evolution {

// Keys that say something to people alone, wherever they stand in a document: a change of them isn't reported.
bool is_annotation(std::string_view key);
// Keys of plain values, which hold no object of the specification.
bool is_value(std::string_view key);
// Keys whose entries have names that an author chose; what is below a name is again an object of the specification.
bool holds_names(std::string_view key);

// A value as JSON with its keys in order and its numbers normalised: equal values have equal texts.
std::string canonical(const SourceNode& value);
std::string canonical_number(std::string_view number);

// An object of a document with references replaced by what they lead to, without annotations; marks all of it as seen.
// Nothing when that is too large: the caller takes it for a difference.
std::optional<std::string> meaning_of(ApiFiles& files, Place at);
// The same with references as they are written, and without marks; `names` says that the keys are an author's.
std::string raw_meaning(const SourceNode& node, bool names);

}  // namespace headgate::evolution
